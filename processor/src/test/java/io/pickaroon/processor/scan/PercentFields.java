package io.pickaroon.processor.scan;

import io.pickaroon.processor.rule.RecordParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads {@code a=1;b=two} with {@code %41} for a character. A record without {@code =} does not parse. Counts what it reads. */
final class PercentFields implements RecordParser {
    final AtomicInteger parsed = new AtomicInteger();
    final AtomicInteger opened = new AtomicInteger();

    private record Value(byte[] bytes, int start, int end, boolean decoded, int sourceStart, int sourceEnd) {}

    @Override
    public String description() {
        return "percent";
    }

    @Override
    public boolean readsNames() {
        return true;
    }

    @Override
    public Session open(List<String> names, boolean all) {
        opened.incrementAndGet();
        return new Fields(names, all);
    }

    private final class Fields implements Session {
        private final List<String> asked;
        private final boolean all;
        private List<String> names;
        private Map<String, Value> values = Map.of();

        Fields(List<String> asked, boolean all) {
            this.asked = asked;
            this.all = all;
            this.names = asked;
        }

        @Override
        public boolean parse(byte[] record, int from, int to) {
            parsed.incrementAndGet();
            values = new HashMap<>();
            names = new ArrayList<>(asked);
            for (int at = from; at < to; ) {
                int end = indexOf(record, at, to, ';');
                int equals = indexOf(record, at, end, '=');
                if (equals == end) {
                    values.clear();
                    names = asked;
                    return false;
                }
                String name = new String(record, at, equals - at, StandardCharsets.ISO_8859_1);
                if (all && !names.contains(name)) {
                    names.add(name);
                }
                values.put(name, value(record, equals + 1, end));
                at = end + 1;
            }
            return true;
        }

        private static int indexOf(byte[] record, int from, int to, char c) {
            int index = from;
            while (index < to && record[index] != c) {
                index++;
            }
            return index;
        }

        private static Value value(byte[] record, int from, int to) {
            ByteArrayOutputStream decoded = new ByteArrayOutputStream();
            for (int i = from; i < to; i++) {
                boolean isEscape = record[i] == '%' && i + 2 < to;
                decoded.write(
                        isEscape
                                ? Integer.parseInt(new String(record, i + 1, 2, StandardCharsets.ISO_8859_1), 16)
                                : record[i]);
                i += isEscape ? 2 : 0;
            }
            return decoded.size() == to - from
                    ? new Value(record, from, to, false, from, to)
                    : new Value(decoded.toByteArray(), 0, decoded.size(), true, from, to);
        }

        private Value value(int field) {
            return values.get(names.get(field));
        }

        @Override
        public int count() {
            return names.size();
        }

        @Override
        public byte[] name(int field) {
            return names.get(field).getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public boolean has(int field) {
            return values.containsKey(names.get(field));
        }

        @Override
        public boolean isDecoded(int field) {
            return value(field).decoded;
        }

        @Override
        public byte[] bytes(int field) {
            return value(field).bytes;
        }

        @Override
        public int start(int field) {
            return value(field).start;
        }

        @Override
        public int end(int field) {
            return value(field).end;
        }

        @Override
        public int sourceStart(int field) {
            return value(field).sourceStart;
        }

        @Override
        public int sourceEnd(int field) {
            return value(field).sourceEnd;
        }
    }
}
