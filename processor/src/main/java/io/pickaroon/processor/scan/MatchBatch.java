package io.pickaroon.processor.scan;

import io.pickaroon.processor.rule.Captures;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.rule.Sample;
import java.util.Arrays;
import java.util.List;

/**
 * The matches of one stretch of a file, in file order, in primitive arrays: no object for a match.
 *
 * <p>A match is a pair of record and rule; a record that two rules match stands in it twice, in rule order, sharing its
 * bytes. Only the scanner writes to it; it is read-only for all others.
 */
public final class MatchBatch {
    private static final int INITIAL_MATCHES = 64;
    private static final int INITIAL_BYTES = 16 * 1024;
    private static final byte HEAD_ONLY = -1;
    private static final int INITIAL_PLACES = 16;

    private final List<Rule> rules;
    private int size;
    private int[] ruleIndexes;
    private long[] recordOffsets;
    private int[] starts;
    private int[] lengths;
    /** Bytes of the delimiter behind each record, or {@link #HEAD_ONLY}. */
    private byte[] ends;
    /** Null until records are numbered. */
    private long[] recordsBefore;
    /** Of each match the first of its places; null until there are some. */
    private int[] firstPlaces;
    /** Start and end of each place, in turns. */
    private int[] places = {};

    private int placeCount;
    private byte[] bytes;
    private int usedBytes;
    private MatchValues values = MatchValues.OF_NOTHING;

    private final int[] matchedRecords;
    private final int[] sampledOut;
    private long unparsedRecords;
    private long firstUnparsedOffset = -1;
    private long maskedFields;
    private long foreignLines;
    private long cutRecords;
    private long shiftedBytes;
    private boolean isOfContainer;

    MatchBatch(List<Rule> rules) {
        this(rules, INITIAL_MATCHES, INITIAL_BYTES);
    }

    private MatchBatch(List<Rule> rules, int matches, int bytes) {
        this.rules = rules;
        this.matchedRecords = new int[rules.size()];
        this.sampledOut = new int[rules.size()];
        this.ruleIndexes = new int[matches];
        this.recordOffsets = new long[matches];
        this.starts = new int[matches];
        this.lengths = new int[matches];
        this.ends = new byte[matches];
        this.bytes = new byte[bytes];
    }

    /** An empty batch for the stretch after this one's: with room for as much as is in this one, within the limit. */
    MatchBatch following(PartLimit limit) {
        int matches = PartLimit.room(size, INITIAL_MATCHES, limit.matches());
        return new MatchBatch(rules, matches, PartLimit.room(usedBytes, INITIAL_BYTES, limit.bytes()));
    }

    /** The matches before one, which is the first of its record, in the same arrays. Only what is emitted counts in it. */
    MatchBatch first(int count) {
        MatchBatch first = new MatchBatch(rules, 0, 0);
        first.size = count;
        first.ruleIndexes = ruleIndexes;
        first.recordOffsets = recordOffsets;
        first.starts = starts;
        first.lengths = lengths;
        first.ends = ends;
        first.recordsBefore = recordsBefore;
        first.firstPlaces = firstPlaces;
        first.places = places;
        first.placeCount = firstPlaces == null ? 0 : firstPlaces[count];
        first.bytes = bytes;
        first.usedBytes = starts[count];
        first.values = values;
        for (int match = 0; match < count; match++) {
            first.matchedRecords[ruleIndexes[match]]++;
        }
        return first;
    }

    /** Gives back room that it does not need: a batch may wait long for its acknowledgement. */
    void trim() {
        if (usedBytes < bytes.length / 2) {
            bytes = Arrays.copyOf(bytes, usedBytes);
        }
    }

    /** Number of matches. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** The rules that took part, in their order: some of the input's, where others must not. */
    public List<Rule> rules() {
        return rules;
    }

    public Rule rule(int match) {
        return rules.get(ruleIndexes[match]);
    }

    /** Index of the match's rule in the list of rules that the scanner was given. */
    public int ruleIndex(int match) {
        return ruleIndexes[match];
    }

    /** Records that a rule matched, given by its index, whether it emits them or not. */
    public int matchedRecords(int ruleIndex) {
        return matchedRecords[ruleIndex];
    }

    /** Records that a rule matched and its {@link Sample} left out, so that they are no matches of this batch. */
    public int sampledOut(int ruleIndex) {
        return sampledOut[ruleIndex];
    }

    /** Of all rules together. */
    public long sampledOut() {
        return Arrays.stream(sampledOut).sum();
    }

    /** Records that were parsed for their fields, and do not parse. */
    public long unparsedRecords() {
        return unparsedRecords;
    }

    /** Offset of the first of {@link #unparsedRecords} in the file; -1 if there is none. */
    public long firstUnparsedOffset() {
        return firstUnparsedOffset;
    }

    /** Fields of which all bytes are masked because a mask matches in their decoded value, see {@link DecodedMasks}. */
    public long maskedFields() {
        return maskedFields;
    }

    /** Offset of the record's first byte in the file. */
    public long recordOffset(int match) {
        return recordOffsets[match];
    }

    /** The array that holds the record; see {@link #start} and {@link #length}. Not to be written to. */
    public byte[] array() {
        return bytes;
    }

    /** Index in {@link #array()} of the record's first byte, or of its first neighbour's if that comes with it. */
    public int start(int match) {
        return starts[match];
    }

    /** Length in bytes without delimiters, of the head if {@link #isHeadOnly}; with neighbours, and line feeds between them. */
    public int length(int match) {
        return lengths[match];
    }

    /** True if the record is longer than the limit and only its first bytes are here. */
    public boolean isHeadOnly(int match) {
        return ends[match] == HEAD_ONLY;
    }

    /** How many neighbouring records stand before the record between {@link #start} and its {@link #length}. */
    public int contextBefore(int match) {
        return values.neighboursBefore(match);
    }

    /** How many neighbouring records stand after it. */
    public int contextAfter(int match) {
        return values.neighboursAfter(match);
    }

    /** Index in {@link #array()} of the first byte of the record itself, behind its neighbours. */
    public int recordStart(int match) {
        return values.hasNeighbours(match) ? values.recordStart(match) : start(match);
    }

    /** Length of the record itself, without its neighbours. */
    public int recordLength(int match) {
        return values.hasNeighbours(match) ? values.recordLength(match) : length(match);
    }

    /** Length of the delimiter behind the record, a carriage return included; 0 where the end of the file ends it. */
    public int delimiterBytes(int match) {
        return Math.max(0, ends[match]);
    }

    /** What {@link Captures} name: places in {@link #array()}. */
    public MatchValues values() {
        return values;
    }

    /** Number of records that start in the stretch before this one. Only where the scan numbers records. */
    public long recordsBefore(int match) {
        return recordsBefore[match];
    }

    /**
     * The first place in the record at which any rule matches; all of them are those up to {@link #lastPlace}. Of a record
     * that several rules match, the first match has them. Only where the scan places matches.
     */
    public int firstPlace(int match) {
        return firstPlaces[match];
    }

    /** Exclusive end of the match's places. */
    public int lastPlace(int match) {
        return match + 1 < size ? firstPlaces[match + 1] : placeCount;
    }

    /** Index in {@link #array()} of the first byte that matches at a place. Matches may be empty. */
    public int placeStart(int place) {
        return places[2 * place];
    }

    /** Exclusive end of what matches at a place. */
    public int placeEnd(int place) {
        return places[2 * place + 1];
    }

    /** A fresh copy of the record's bytes, without its delimiter, and of its neighbours as {@link #length} counts them. */
    public byte[] copyOfRecord(int match) {
        return Arrays.copyOfRange(bytes, starts[match], starts[match] + lengths[match]);
    }

    /** Bytes held for the records of this batch, and for values that do not stand in them. */
    public int recordBytes() {
        return usedBytes;
    }

    void countRecord(int ruleIndex) {
        matchedRecords[ruleIndex]++;
    }

    void countSampledOut(int ruleIndex) {
        sampledOut[ruleIndex]++;
    }

    void countUnparsedRecord(long recordOffset) {
        if (unparsedRecords == 0) {
            firstUnparsedOffset = recordOffset;
        }
        unparsedRecords++;
    }

    /** Lines of a container log that are not in its format; all of the stretch, whether rules match them or not. */
    public long foreignLines() {
        return foreignLines;
    }

    /** Records of a container log that are not all of their message; all of the stretch, whether rules match them or not. */
    public long cutRecords() {
        return cutRecords;
    }

    /**
     * Bytes of lines of a container log that stand in the stretch and count where their records start, before it; without those that
     * stand behind it, or in it, and count here with the first line of their record. 0 in other files.
     */
    public long shiftedBytes() {
        return shiftedBytes;
    }

    void countLines(int foreign, int cut) {
        foreignLines += foreign;
        cutRecords += cut;
    }

    /** True if it has records of a container log. */
    public boolean isOfContainer() {
        return isOfContainer;
    }

    void countShifted(long bytes) {
        isOfContainer = true;
        shiftedBytes += bytes;
    }

    void countMaskedFields(int count) {
        maskedFields += count;
    }

    /** Begins with the values of the match that was added last. */
    MatchValues beginValues() {
        ownValues().begin(size - 1);
        return values;
    }

    private MatchValues ownValues() {
        values = values == MatchValues.OF_NOTHING ? new MatchValues() : values;
        return values;
    }

    /** Overwrites the bytes that were added last. */
    void hideLast(int length, byte character) {
        Arrays.fill(bytes, usedBytes - length, usedBytes, character);
    }

    /** Copies a record in, or a value that does not stand in the one before; returns where it starts. */
    int addBytes(byte[] source, int from, int length) {
        int start = addRoom(length);
        System.arraycopy(source, from, bytes, start, length);
        return start;
    }

    /** Makes room for a record, which is copied in then; returns where it starts. */
    int addRoom(int length) {
        if (length > bytes.length - usedBytes) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(usedBytes, length), bytes.length * 2));
        }
        usedBytes += length;
        return usedBytes - length;
    }

    /** @param delimiterBytes length of what ends the record; negative if only its head is here */
    void addMatch(int ruleIndex, long recordOffset, int start, int length, int delimiterBytes) {
        if (size == ruleIndexes.length) {
            int capacity = size * 4;
            ruleIndexes = Arrays.copyOf(ruleIndexes, capacity);
            recordOffsets = Arrays.copyOf(recordOffsets, capacity);
            starts = Arrays.copyOf(starts, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        ruleIndexes[size] = ruleIndex;
        recordOffsets[size] = recordOffset;
        starts[size] = start;
        lengths[size] = length;
        ends[size] = (byte) Math.max(HEAD_ONLY, delimiterBytes);
        size++;
    }

    /** So many neighbours come with the match that was added last. */
    void addNeighbours(int before, int after, int recordStart, int recordLength) {
        ownValues().addNeighbours(size - 1, before, after, recordStart, recordLength);
    }

    /** The match that was added last comes after so many records of the stretch. */
    void numberLast(long records) {
        if (recordsBefore == null || recordsBefore.length < size) {
            recordsBefore = Arrays.copyOf(recordsBefore == null ? new long[0] : recordsBefore, lengths.length);
        }
        recordsBefore[size - 1] = records;
    }

    /** The places added next are those of the match that was added last. */
    void beginPlaces() {
        if (firstPlaces == null || firstPlaces.length < size) {
            firstPlaces = firstPlaces == null ? new int[lengths.length] : Arrays.copyOf(firstPlaces, lengths.length);
        }
        firstPlaces[size - 1] = placeCount;
    }

    void addPlace(int start, int end) {
        if (2 * placeCount == places.length) {
            places = Arrays.copyOf(places, Math.max(INITIAL_PLACES, 2 * places.length));
        }
        places[2 * placeCount] = start;
        places[2 * placeCount + 1] = end;
        placeCount++;
    }
}
