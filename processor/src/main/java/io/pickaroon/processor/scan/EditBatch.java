package io.pickaroon.processor.scan;

import io.pickaroon.processor.file.RecordPlaces;
import io.pickaroon.processor.rule.Claims;
import java.util.Arrays;
import java.util.Optional;

/**
 * The changes that a stretch of a file needs, in the order of their records and without overlaps, in primitive arrays. Only the scanner
 * writes to it; it is read-only for all others.
 *
 * <p>Edits of the same record share a <em>guard</em>: a checksum of the record's bytes that no edit touches. It tells,
 * even after half of the edits were made, whether this is still the record that the edits were made for, without
 * keeping a byte of what is masked. A record stands in the file in one stretch, or in several, where bytes between them belong to
 * others, which may have been edited before: the guard is over the stretches alone. No edit reaches from one into the next.
 */
public final class EditBatch {
    /** Why a match is never fixed. */
    public enum Reason {
        OVERLAPPING,
        PROTECTED_HEAD,
        OTHER_LENGTH
    }

    private static final int INITIAL_EDITS = 16;
    private static final int INITIAL_BYTES = 256;
    /** Twice what the arrays need for one, since they may be half empty. */
    private static final int EDIT_MEMORY_BYTES = 2 * (Long.BYTES + 4 * Integer.BYTES);

    private static final int RECORD_MEMORY_BYTES = 2 * (2 * Long.BYTES + 3 * Integer.BYTES);

    private int size;
    private long[] offsets = new long[INITIAL_EDITS];
    private int[] lengths = new int[INITIAL_EDITS];
    private int[] starts = new int[INITIAL_EDITS];
    private int[] records = new int[INITIAL_EDITS];
    private int[] rules = new int[INITIAL_EDITS];
    /** Of each edit first the old bytes, then the new ones. */
    private byte[] bytes = new byte[INITIAL_BYTES];

    private int usedBytes;

    private int recordCount;
    private long[] recordOffsets = new long[INITIAL_EDITS];
    private int[] guards = new int[INITIAL_EDITS];
    /** Of each record the end of its stretches among all. */
    private int[] lastStretches = new int[INITIAL_EDITS];

    private long[] stretchOffsets = new long[INITIAL_EDITS];
    private int[] stretchLengths = new int[INITIAL_EDITS];

    /** Of the record added last. */
    private RecordPlaces places;

    private long overlapping;
    private long protectedHead;
    private long otherLength;
    private long waiting;
    /** Matches that were left alone, by rule and {@link Reason}; as long as it needs to be. */
    private int[] leftAlone = {};

    /** What was found at each edit; null where there is no audit trail. */
    private final Claims claims;

    EditBatch() {
        this(null);
    }

    /** @param claims takes what is found at each edit; null for none */
    EditBatch(Claims claims) {
        this.claims = claims;
    }

    /** What was found at each edit, and what is never changed; empty where there is no audit trail. */
    public Optional<Claims> claims() {
        return Optional.ofNullable(claims);
    }

    Claims claimsOrNull() {
        return claims;
    }

    /** Number of edits. */
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Offset of the edit's first byte in the file. */
    public long offset(int edit) {
        return offsets[edit];
    }

    /** Length of the edit in bytes, before and after alike. */
    public int length(int edit) {
        return lengths[edit];
    }

    /** The array that holds the bytes before and after; see {@link #oldStart} and {@link #newStart}. */
    public byte[] array() {
        return bytes;
    }

    /** Index in {@link #array()} of the bytes that must stand in the file before. */
    public int oldStart(int edit) {
        return starts[edit];
    }

    /** Index in {@link #array()} of the bytes that stand in the file afterwards. */
    public int newStart(int edit) {
        return starts[edit] + lengths[edit];
    }

    /** Number, within this batch, of the record that the edit belongs to. */
    public int record(int edit) {
        return records[edit];
    }

    /** Index, among the rules of the scan, of the rule that the edit is made for; of the first, where several touch. */
    public int rule(int edit) {
        return rules[edit];
    }

    /** Matches of a rule that are never fixed, for any reason. */
    public int leftAlone(int rule) {
        return Arrays.stream(Reason.values())
                .mapToInt(reason -> leftAlone(rule, reason))
                .sum();
    }

    /** Matches of a rule that are never fixed for one reason. */
    public int leftAlone(int rule, Reason reason) {
        int index = index(rule, reason);
        return index < leftAlone.length ? leftAlone[index] : 0;
    }

    private static int index(int rule, Reason reason) {
        return rule * Reason.values().length + reason.ordinal();
    }

    /** Number of records that have edits. */
    public int recordCount() {
        return recordCount;
    }

    /** Offset in the file of a record that has edits. */
    public long recordOffset(int record) {
        return recordOffsets[record];
    }

    /** Number of the first stretch of a record that has edits; its others follow. */
    public int firstStretch(int record) {
        return record == 0 ? 0 : lastStretches[record - 1];
    }

    /** Exclusive end of the stretches of a record. */
    public int lastStretch(int record) {
        return lastStretches[record];
    }

    /** Number of the stretch that has the bytes of an edit. */
    public int stretch(int edit) {
        int stretch = firstStretch(records[edit]);
        while (offsets[edit] < stretchOffsets[stretch]
                || offsets[edit] >= stretchOffsets[stretch] + stretchLengths[stretch]) {
            stretch++;
        }
        return stretch;
    }

    /** Offset of a stretch in the file. */
    public long stretchOffset(int stretch) {
        return stretchOffsets[stretch];
    }

    /** Length of a stretch in bytes, without delimiters. */
    public int stretchLength(int stretch) {
        return stretchLengths[stretch];
    }

    /** CRC-32C of those bytes of the record that no edit touches. */
    public int guard(int record) {
        return guards[record];
    }

    /** Memory that the edits take, in bytes: many times what changes, where edits are small. 0 if there are none. */
    public int heldBytes() {
        return usedBytes
                + size * EDIT_MEMORY_BYTES
                + Math.max(recordCount, stretchCount()) * RECORD_MEMORY_BYTES
                + (claims == null ? 0 : claims.heldBytes());
    }

    /** Matches left alone because an earlier rule, or an earlier match of the same rule, changes some of their bytes. */
    public long overlapping() {
        return overlapping;
    }

    /** Matches left alone because they begin in the protected head of the file. */
    public long protectedHead() {
        return protectedHead;
    }

    /** Matches left alone because the replacement has another length. */
    public long otherLength() {
        return otherLength;
    }

    /** Matches left alone for now, because their fixes wait for the rotation of the file. */
    public long waiting() {
        return waiting;
    }

    void leftWaiting() {
        waiting++;
    }

    void skippedOverlapping(int rule) {
        overlapping++;
        leaveAlone(rule, Reason.OVERLAPPING);
    }

    void skippedProtectedHead(int rule) {
        protectedHead++;
        leaveAlone(rule, Reason.PROTECTED_HEAD);
    }

    void skippedOtherLength(int rule) {
        otherLength++;
        leaveAlone(rule, Reason.OTHER_LENGTH);
    }

    private void leaveAlone(int rule, Reason reason) {
        int index = index(rule, reason);
        if (index >= leftAlone.length) {
            leftAlone = Arrays.copyOf(leftAlone, index + 1);
        }
        leftAlone[index]++;
    }

    private int stretchCount() {
        return recordCount == 0 ? 0 : lastStretches[recordCount - 1];
    }

    /**
     * Adds a record; the edits added next belong to it.
     *
     * @param offset where it starts
     * @param itsPlaces where its bytes stand
     */
    void addRecord(long offset, RecordPlaces itsPlaces, int guard) {
        places = itsPlaces;
        if (recordCount == recordOffsets.length) {
            recordOffsets = Arrays.copyOf(recordOffsets, 2 * recordCount);
            lastStretches = Arrays.copyOf(lastStretches, 2 * recordCount);
            guards = Arrays.copyOf(guards, 2 * recordCount);
        }
        int used = stretchCount();
        int end = used + places.count();
        if (end > stretchOffsets.length) {
            stretchOffsets = Arrays.copyOf(stretchOffsets, Math.max(end, 2 * used));
            stretchLengths = Arrays.copyOf(stretchLengths, Math.max(end, 2 * used));
        }
        for (int stretch = 0; stretch < places.count(); stretch++) {
            stretchOffsets[used + stretch] = places.offset(stretch);
            stretchLengths[used + stretch] = places.end(stretch) - places.start(stretch);
        }
        recordOffsets[recordCount] = offset;
        guards[recordCount] = guard;
        lastStretches[recordCount] = end;
        recordCount++;
    }

    /**
     * Adds an edit of the bytes {@code [from, to)} of the record added last, which stand in one of its places, after the edits before it.
     *
     * @param before has the record at {@code recordStart}
     * @param after has it, edited, at 0
     */
    void addEdit(int rule, byte[] before, int recordStart, byte[] after, int from, int to) {
        if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
            starts = Arrays.copyOf(starts, 2 * size);
            records = Arrays.copyOf(records, 2 * size);
            rules = Arrays.copyOf(rules, 2 * size);
        }
        int length = to - from;
        int end = Math.addExact(usedBytes, 2 * length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
        }
        offsets[size] = places.offsetOf(from);
        lengths[size] = length;
        starts[size] = usedBytes;
        records[size] = recordCount - 1;
        rules[size] = rule;
        System.arraycopy(before, recordStart + from, bytes, usedBytes, length);
        System.arraycopy(after, from, bytes, usedBytes + length, length);
        usedBytes = end;
        size++;
    }
}
