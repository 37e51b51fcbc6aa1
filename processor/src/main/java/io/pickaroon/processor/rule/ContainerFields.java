package io.pickaroon.processor.rule;

import io.pickaroon.processor.container.FoundRecords;
import io.pickaroon.processor.container.Part;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The fields that each record of a container log has: its stream, its time as it stands in the file, and whether it is only a part of
 * its message. They win over fields of the same name that stand in the record. For one thread.
 */
final class ContainerFields implements RecordParser {
    /** Names of the fields. */
    static final List<String> NAMES = List.of("stream", "time", "partial");

    private static final int STREAM = 0;
    private static final int TIME = 1;
    private static final byte[][] STREAMS = {utf8("stdout"), utf8("stderr")};
    private static final byte[][] PARTS =
            Arrays.stream(Part.values()).map(part -> utf8(part.text())).toArray(byte[][]::new);

    private final Optional<RecordParser> parsed;
    private final FoundRecords found;

    /**
     * @param parsed reads the fields of a record; empty if it has none of its own
     * @param found has the current record selected
     */
    ContainerFields(Optional<RecordParser> parsed, FoundRecords found) {
        this.parsed = parsed;
        this.found = found;
    }

    @Override
    public String description() {
        return parsed.map(RecordParser::description).orElse("none");
    }

    @Override
    public boolean readsNames() {
        return parsed.isPresent() && parsed.get().readsNames();
    }

    @Override
    public Session open(List<String> names, boolean all) {
        return new OfContainer(names, parsed.map(parser -> parser.open(names, all)));
    }

    private final class OfContainer implements Session {
        private final byte[][] names;
        /** Which field of the container a name is; negative if it is none. */
        private final int[] own;

        private final Optional<Session> record;
        private int recordStart;
        private int selected;
        private boolean isInFormat;
        private boolean parses;

        OfContainer(List<String> wanted, Optional<Session> record) {
            this.names = wanted.stream().map(ContainerFields::utf8).toArray(byte[][]::new);
            this.own = wanted.stream().mapToInt(NAMES::indexOf).toArray();
            this.record = record;
        }

        @Override
        public boolean parse(byte[] bytes, int from, int to) {
            recordStart = from;
            selected = found.selected();
            isInFormat = found.isInFormat(selected);
            if (isInFormat) {
                found.findTime(selected);
            }
            parses = record.isEmpty() || record.get().parse(bytes, from, to);
            return parses;
        }

        @Override
        public int count() {
            return record.isEmpty() || !parses ? names.length : record.get().count();
        }

        @Override
        public byte[] name(int field) {
            return field < names.length ? names[field] : record.orElseThrow().name(field);
        }

        private boolean isOwn(int field) {
            return field < own.length && own[field] >= 0 && isInFormat;
        }

        @Override
        public boolean has(int field) {
            if (isOwn(field)) {
                return start(field) < end(field);
            }
            return record.isPresent() && record.get().has(field);
        }

        /** What stands around the text is no part of it. */
        @Override
        public boolean isDecoded(int field) {
            return isOwn(field) || record.orElseThrow().isDecoded(field);
        }

        @Override
        public byte[] bytes(int field) {
            if (!isOwn(field)) {
                return record.orElseThrow().bytes(field);
            }
            return switch (own[field]) {
                case STREAM -> STREAMS[found.stream(selected)];
                case TIME -> found.bytes();
                default -> PARTS[found.part(selected).ordinal()];
            };
        }

        @Override
        public int start(int field) {
            if (!isOwn(field)) {
                return record.orElseThrow().start(field);
            }
            return own[field] == TIME ? found.timeStart() : 0;
        }

        @Override
        public int end(int field) {
            if (!isOwn(field)) {
                return record.orElseThrow().end(field);
            }
            return own[field] == TIME ? found.timeEnd() : bytes(field).length;
        }

        @Override
        public int sourceStart(int field) {
            return isOwn(field) ? recordStart : record.orElseThrow().sourceStart(field);
        }

        @Override
        public int sourceEnd(int field) {
            return isOwn(field) ? recordStart : record.orElseThrow().sourceEnd(field);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
