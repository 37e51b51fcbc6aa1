package io.pickaroon.processor.scan;

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
    private static final byte HEAD_ONLY = 1;

    private final List<Rule> rules;
    private int size;
    private int[] ruleIndexes;
    private long[] recordOffsets;
    private int[] starts;
    private int[] lengths;
    private byte[] flags;
    private byte[] bytes;
    private int usedBytes;
    private final int[] matchedRecords;

    MatchBatch(List<Rule> rules) {
        this(rules, INITIAL_MATCHES, INITIAL_BYTES);
    }

    private MatchBatch(List<Rule> rules, int matches, int bytes) {
        this.rules = rules;
        this.matchedRecords = new int[rules.size()];
        this.ruleIndexes = new int[matches];
        this.recordOffsets = new long[matches];
        this.starts = new int[matches];
        this.lengths = new int[matches];
        this.flags = new byte[matches];
        this.bytes = new byte[bytes];
    }

    /** An empty batch for the stretch after this one's: with room for as much as is in this one, within the limit. */
    MatchBatch following(PartLimit limit) {
        return new MatchBatch(
                rules, room(size, INITIAL_MATCHES, limit.matches()), room(usedBytes, INITIAL_BYTES, limit.bytes()));
    }

    /** The matches before one, which is the first of its record, in the same arrays. */
    MatchBatch first(int count) {
        MatchBatch first = new MatchBatch(rules, 0, 0);
        first.size = count;
        first.ruleIndexes = ruleIndexes;
        first.recordOffsets = recordOffsets;
        first.starts = starts;
        first.lengths = lengths;
        first.flags = flags;
        first.bytes = bytes;
        first.usedBytes = starts[count];
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

    /** A little more than was used: the record that reaches a limit goes beyond it. */
    private static int room(int used, int initial, int limit) {
        int wanted = Math.min(used, limit);
        return Math.max(initial, wanted + wanted / 16);
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

    /** Offset of the record's first byte in the file. */
    public long recordOffset(int match) {
        return recordOffsets[match];
    }

    /** The array that holds the record; see {@link #start} and {@link #length}. Not to be written to. */
    public byte[] array() {
        return bytes;
    }

    /** Index of the record's first byte in {@link #array()}. */
    public int start(int match) {
        return starts[match];
    }

    /** Length of the record in bytes without its delimiter; of its head if {@link #isHeadOnly}. */
    public int length(int match) {
        return lengths[match];
    }

    /** True if the record is longer than the limit and only its first bytes are here. */
    public boolean isHeadOnly(int match) {
        return flags[match] == HEAD_ONLY;
    }

    /** A fresh copy of the record's bytes, without its delimiter. */
    public byte[] copyOfRecord(int match) {
        return Arrays.copyOfRange(bytes, starts[match], starts[match] + lengths[match]);
    }

    /** Bytes held for the records of this batch. */
    public int recordBytes() {
        return usedBytes;
    }

    void countRecord(int ruleIndex) {
        matchedRecords[ruleIndex]++;
    }

    /** Copies a record in; the matches added next for it refer to the returned start. */
    int addRecord(byte[] source, int from, int length) {
        if (length > bytes.length - usedBytes) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(usedBytes, length), bytes.length * 2));
        }
        System.arraycopy(source, from, bytes, usedBytes, length);
        int start = usedBytes;
        usedBytes += length;
        return start;
    }

    void addMatch(int ruleIndex, long recordOffset, int start, int length, boolean headOnly) {
        if (size == ruleIndexes.length) {
            int capacity = size * 4;
            ruleIndexes = Arrays.copyOf(ruleIndexes, capacity);
            recordOffsets = Arrays.copyOf(recordOffsets, capacity);
            starts = Arrays.copyOf(starts, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            flags = Arrays.copyOf(flags, capacity);
        }
        ruleIndexes[size] = ruleIndex;
        recordOffsets[size] = recordOffset;
        starts[size] = start;
        lengths[size] = length;
        flags[size] = headOnly ? HEAD_ONLY : 0;
        size++;
    }
}
