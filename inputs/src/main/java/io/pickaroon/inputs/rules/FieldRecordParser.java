package io.pickaroon.inputs.rules;

import io.pickaroon.processor.rule.RecordParser;
import io.pickaroon.records.FieldParser;
import io.pickaroon.records.Fields;
import java.util.List;
import java.util.function.BiFunction;

/** Reads records that are JSON objects or logfmt with the parsers of {@code records}. */
public enum FieldRecordParser implements RecordParser {
    JSON("json", FieldParser::json),
    LOGFMT("logfmt", FieldParser::logfmt);

    private final String description;
    /** Method references, which have no state. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final BiFunction<List<String>, Boolean, FieldParser> parsers;

    FieldRecordParser(String description, BiFunction<List<String>, Boolean, FieldParser> parsers) {
        this.description = description;
        this.parsers = parsers;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public boolean readsNames() {
        return true;
    }

    @Override
    public Session open(List<String> names, boolean all) {
        FieldParser parser = parsers.apply(names, all);
        return new ParsedFields(parser, parser.newFields());
    }

    private record ParsedFields(FieldParser parser, Fields fields) implements Session {
        @Override
        public boolean parse(byte[] record, int from, int to) {
            return parser.parse(fields, record, from, to);
        }

        @Override
        public int count() {
            return fields.count();
        }

        @Override
        public byte[] name(int field) {
            return fields.name(field);
        }

        @Override
        public boolean has(int field) {
            return fields.has(field);
        }

        @Override
        public boolean isDecoded(int field) {
            return fields.isDecoded(field);
        }

        @Override
        public byte[] bytes(int field) {
            return fields.bytes(field);
        }

        @Override
        public int start(int field) {
            return fields.start(field);
        }

        @Override
        public int end(int field) {
            return fields.end(field);
        }

        @Override
        public int sourceStart(int field) {
            return fields.sourceStart(field);
        }

        @Override
        public int sourceEnd(int field) {
            return fields.sourceEnd(field);
        }
    }
}
