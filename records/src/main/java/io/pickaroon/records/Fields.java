package io.pickaroon.records;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of one record: those of the wanted names that it has, by their index in the list of these names. A value that
 * stands in the record as it is remains there; one that was decoded, such as a text with escapes, is kept beside it. Both
 * know where they come from.
 *
 * <p>It is made once and filled again for each record: it allocates only to grow. All indexes of bytes are those of the
 * record's array. Not thread-safe.
 */
public final class Fields {
    private final List<String> names;
    private final Map<String, Integer> indexes = new HashMap<>();

    private final boolean[] present;
    private final boolean[] decoded;
    private final int[] sourceStarts;
    private final int[] sourceEnds;
    private final int[] starts;
    private final int[] ends;

    private byte[] record = {};
    private final ByteBuilder beside = new ByteBuilder(Integer.MAX_VALUE - 8);

    /** @param names of the fields, each once */
    public Fields(List<String> names) {
        this.names = List.copyOf(names);
        for (int i = 0; i < names.size(); i++) {
            if (indexes.putIfAbsent(names.get(i), i) != null) {
                throw new IllegalArgumentException("field '" + names.get(i) + "' twice");
            }
        }
        this.present = new boolean[names.size()];
        this.decoded = new boolean[names.size()];
        this.sourceStarts = new int[names.size()];
        this.sourceEnds = new int[names.size()];
        this.starts = new int[names.size()];
        this.ends = new int[names.size()];
    }

    public List<String> names() {
        return names;
    }

    /** The index of a name, -1 if it is not wanted. */
    public int indexOf(String name) {
        return indexes.getOrDefault(name, -1);
    }

    /** Whether the record has the field. Its value may be empty. */
    public boolean has(int index) {
        return present[index];
    }

    /** Whether the value is not what stands in the record, but what was made of it. */
    public boolean isDecoded(int index) {
        return decoded[index];
    }

    /** The array that holds the value, from {@link #start} to {@link #end}. */
    public byte[] bytes(int index) {
        return decoded[index] ? beside.bytes() : record;
    }

    public int start(int index) {
        return starts[index];
    }

    /** Exclusive end of the value in its array. */
    public int end(int index) {
        return ends[index];
    }

    /** Where in the record's array the value comes from: without quotes around it, with the escapes in it. */
    public int sourceStart(int index) {
        return sourceStarts[index];
    }

    /** Exclusive; equal to {@link #sourceStart} where no byte of the record stands for the value. */
    public int sourceEnd(int index) {
        return sourceEnds[index];
    }

    /** Appends the value; nothing if the record lacks the field. */
    public void appendTo(ByteBuilder to, int index) {
        if (present[index]) {
            to.append(bytes(index), starts[index], ends[index]);
        }
    }

    /** The value as text, empty if the record lacks the field; for messages and tests. Allocates. */
    public String text(int index) {
        return present[index]
                ? new String(bytes(index), starts[index], ends[index] - starts[index], StandardCharsets.UTF_8)
                : "";
    }

    /** Empties the fields, for those of another record. */
    public void begin(byte[] nextRecord) {
        clear();
        record = nextRecord;
    }

    /** Empties the fields. */
    public void clear() {
        Arrays.fill(present, false);
        beside.clear();
    }

    /** Sets a field to bytes of the record; the last value of a field counts. */
    public void put(int index, int start, int end) {
        set(index, start, end, false);
        starts[index] = start;
        ends[index] = end;
    }

    /**
     * Sets a field to a part of {@link #beside}.
     *
     * @param sourceStart where in the record's array the value comes from
     */
    public void putDecoded(int index, int start, int end, int sourceStart, int sourceEnd) {
        set(index, sourceStart, sourceEnd, true);
        starts[index] = start;
        ends[index] = end;
    }

    /** Where decoded values are appended. */
    public ByteBuilder beside() {
        return beside;
    }

    private void set(int index, int sourceStart, int sourceEnd, boolean isDecoded) {
        present[index] = true;
        decoded[index] = isDecoded;
        sourceStarts[index] = sourceStart;
        sourceEnds[index] = sourceEnd;
    }
}
