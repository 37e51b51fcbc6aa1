package io.pickaroon.inputs.rules;

import io.pickaroon.processor.rule.RecordParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Fields that an input gives to all of its records, for those that do not have them themselves. Immutable. */
final class StaticFields implements RecordParser {
    private final Optional<RecordParser> parsed;
    private final Map<String, String> fields;

    /** @param parsed reads the fields of a record; empty if it has none of its own */
    StaticFields(Optional<RecordParser> parsed, Map<String, String> fields) {
        this.parsed = parsed;
        this.fields = new TreeMap<>(fields);
    }

    @Override
    public String description() {
        return parsed.map(RecordParser::description).orElse("none") + " static " + fields;
    }

    @Override
    public boolean readsNames() {
        return parsed.isPresent() && parsed.get().readsNames();
    }

    @Override
    public Session open(List<String> names, boolean all) {
        return new WithDefaults(names, parsed.map(parser -> parser.open(names, all)));
    }

    private final class WithDefaults implements Session {
        private final byte[][] names;
        /** By the index of a name; null where there is no such field. */
        private final byte[][] values;

        private final Optional<Session> record;
        private int recordStart;

        WithDefaults(List<String> wanted, Optional<Session> record) {
            this.names = wanted.stream().map(StaticFields::utf8).toArray(byte[][]::new);
            this.values = wanted.stream()
                    .map(name -> fields.containsKey(name) ? utf8(fields.get(name)) : null)
                    .toArray(byte[][]::new);
            this.record = record;
        }

        @Override
        public boolean parse(byte[] bytes, int from, int to) {
            recordStart = from;
            return record.isEmpty() || record.get().parse(bytes, from, to);
        }

        @Override
        public int count() {
            return record.isEmpty() ? names.length : record.get().count();
        }

        @Override
        public byte[] name(int field) {
            return record.isEmpty() ? names[field] : record.get().name(field);
        }

        private boolean isOfRecord(int field) {
            return record.isPresent() && record.get().has(field);
        }

        @Override
        public boolean has(int field) {
            return isOfRecord(field) || field < values.length && values[field] != null;
        }

        /** A static value does not stand in the record. */
        @Override
        public boolean isDecoded(int field) {
            return !isOfRecord(field) || record.get().isDecoded(field);
        }

        @Override
        public byte[] bytes(int field) {
            return isOfRecord(field) ? record.get().bytes(field) : values[field];
        }

        @Override
        public int start(int field) {
            return isOfRecord(field) ? record.get().start(field) : 0;
        }

        @Override
        public int end(int field) {
            return isOfRecord(field) ? record.get().end(field) : values[field].length;
        }

        @Override
        public int sourceStart(int field) {
            return isOfRecord(field) ? record.get().sourceStart(field) : recordStart;
        }

        @Override
        public int sourceEnd(int field) {
            return isOfRecord(field) ? record.get().sourceEnd(field) : recordStart;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
