package io.pickaroon.records.emit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A record whose values a test writes down: they stand behind it in one array, with bytes around each that belong to nothing.
 */
final class WrittenRecord implements ShownRecord {
    static final long OFFSET = 4711;
    static final long READ_MILLIS = 1_796_000_000_007L;
    static final String READ_TIME = "2026-11-30T00:53:20.007Z";
    static final String ID = "0011223344556677-1267-89abcdef";

    private record Place(int start, int end) {
        static final Place NONE = new Place(-1, -1);
    }

    private final Place record;
    private final List<Place> values = new ArrayList<>();
    private final List<Place> names = new ArrayList<>();
    private final List<Place> fields = new ArrayList<>();
    private final boolean headOnly;
    private int before;
    private int after;
    private byte[] bytes = {'#'};

    /**
     * A record that a form is to render.
     *
     * @param groups values by name
     * @param parsed fields by name, in order
     */
    WrittenRecord(
            RecordForm form, byte[] text, Map<String, byte[]> groups, Map<String, byte[]> parsed, boolean headOnly) {
        this.headOnly = headOnly;
        this.record = put(text);
        form.groups().forEach(group -> values.add(groups.containsKey(group) ? put(groups.get(group)) : Place.NONE));
        form.fields().forEach(field -> values.add(parsed.containsKey(field) ? put(parsed.get(field)) : Place.NONE));
        if (form.wantsAllFields()) {
            parsed.forEach((name, value) -> {
                names.add(put(name.getBytes(StandardCharsets.UTF_8)));
                fields.add(put(value));
            });
        }
    }

    /** So many of the records in its text are neighbours. */
    WrittenRecord withNeighbours(int some, int others) {
        before = some;
        after = others;
        return this;
    }

    private Place put(byte[] part) {
        byte[] more = new byte[bytes.length + part.length + 1];
        System.arraycopy(bytes, 0, more, 0, bytes.length);
        System.arraycopy(part, 0, more, bytes.length, part.length);
        more[more.length - 1] = '#';
        Place place = new Place(bytes.length, bytes.length + part.length);
        bytes = more;
        return place;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int start() {
        return record.start;
    }

    @Override
    public int length() {
        return record.end - record.start;
    }

    @Override
    public long offset() {
        return OFFSET;
    }

    @Override
    public boolean isHeadOnly() {
        return headOnly;
    }

    @Override
    public int contextBefore() {
        return before;
    }

    @Override
    public int contextAfter() {
        return after;
    }

    @Override
    public long readMillis() {
        return READ_MILLIS;
    }

    @Override
    public byte[] id() {
        return ID.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int valueStart(int value) {
        return values.get(value).start;
    }

    @Override
    public int valueEnd(int value) {
        return values.get(value).end;
    }

    @Override
    public int fieldCount() {
        return fields.size();
    }

    @Override
    public int fieldNameStart(int field) {
        return names.get(field).start;
    }

    @Override
    public int fieldNameEnd(int field) {
        return names.get(field).end;
    }

    @Override
    public int fieldStart(int field) {
        return fields.get(field).start;
    }

    @Override
    public int fieldEnd(int field) {
        return fields.get(field).end;
    }
}
