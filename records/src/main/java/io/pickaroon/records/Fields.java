package io.pickaroon.records;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of one record. First the wanted names, by their index in the list of these names, whether the record has them or
 * not; then, if the parser reads them, the others that the record has. A value that stands in the record as it is remains there;
 * one that was decoded, such as a text with escapes, is kept beside it. Both know where they come from.
 *
 * <p>There are at most {@value #MOST_OTHERS} others, whose names have at most {@value #MOST_NAME_BYTES} bytes.
 *
 * <p>It is made once and filled again for each record: it allocates only to grow, and for names that were not seen before. All
 * indexes of bytes are those of the record's array. Not thread-safe.
 */
public final class Fields {
    /** So many fields that are not wanted by name are kept of a record. */
    public static final int MOST_OTHERS = 1_000;

    /** Of a field that is not wanted by name. */
    public static final int MOST_NAME_BYTES = 1_000;

    private final List<String> names;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final FieldNames fieldNames;

    private int count;
    private boolean cut;
    private byte[][] nameBytes;
    private boolean[] present;
    private boolean[] decoded;
    private int[] sourceStarts;
    private int[] sourceEnds;
    private int[] starts;
    private int[] ends;

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
        this.fieldNames = new FieldNames(names);
        this.count = names.size();
        this.nameBytes = names.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.present = new boolean[count];
        this.decoded = new boolean[count];
        this.sourceStarts = new int[count];
        this.sourceEnds = new int[count];
        this.starts = new int[count];
        this.ends = new int[count];
    }

    /** The wanted names. */
    public List<String> names() {
        return names;
    }

    /** The index of a name, -1 if it is not wanted. */
    public int indexOf(String name) {
        return indexes.getOrDefault(name, -1);
    }

    /** Number of fields: all wanted ones, and the others that the record has. */
    public int count() {
        return count;
    }

    /** The name in UTF-8; not to be changed. */
    public byte[] name(int index) {
        return nameBytes[index];
    }

    /** Whether others were left out: there are too many, or a name is too long, or it is not UTF-8. */
    public boolean isCut() {
        return cut;
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
        count = names.size();
        cut = false;
        Arrays.fill(present, 0, count, false);
        fieldNames.begin();
        beside.clear();
    }

    /** Sets a field to bytes of the record; the last value of a field counts. */
    public void put(int index, int start, int end) {
        set(index, start, end, false);
        starts[index] = start;
        ends[index] = end;
    }

    /** Sets a field to what was found in bytes of the record, if it is a value. */
    void put(int index, JsonRecord.Found found, int start, int end) {
        if (found == JsonRecord.Found.PLAIN) {
            put(index, start, end);
        } else if (found == JsonRecord.Found.ESCAPED) {
            putEscaped(index, start, end);
        }
    }

    /** Sets a field to what bytes of the record with escapes stand for. */
    void putEscaped(int index, int start, int end) {
        int before = beside.length();
        Escapes.decode(record, start, end, beside);
        putDecoded(index, before, beside.length(), start, end);
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

    /**
     * The index of a field, which is added if it is neither wanted nor known in this record.
     *
     * @param hash of the name, as {@link FieldNames} has it
     * @return -1 if it is left out, which {@link #isCut} tells then
     */
    int indexOrAdd(byte[] bytes, int from, int to, int hash) {
        int known = fieldNames.find(bytes, from, to, hash);
        if (known >= 0) {
            return known;
        }
        byte[] name = to - from > MOST_NAME_BYTES || count - names.size() == MOST_OTHERS
                ? null
                : fieldNames.add(bytes, from, to, hash, count);
        if (name == null) {
            cut = true;
            return -1;
        }
        if (count == nameBytes.length) {
            grow();
        }
        nameBytes[count] = name;
        return count++;
    }

    /** Notes that a field was left out. */
    void cut() {
        cut = true;
    }

    private void grow() {
        int room = Math.max(16, 2 * count);
        nameBytes = Arrays.copyOf(nameBytes, room);
        present = Arrays.copyOf(present, room);
        decoded = Arrays.copyOf(decoded, room);
        sourceStarts = Arrays.copyOf(sourceStarts, room);
        sourceEnds = Arrays.copyOf(sourceEnds, room);
        starts = Arrays.copyOf(starts, room);
        ends = Arrays.copyOf(ends, room);
    }

    private void set(int index, int sourceStart, int sourceEnd, boolean isDecoded) {
        present[index] = true;
        decoded[index] = isDecoded;
        sourceStarts[index] = sourceStart;
        sourceEnds[index] = sourceEnd;
    }
}
