package io.pickaroon.processor.rule;

import io.pickaroon.processor.regex.ByteExpression;
import io.pickaroon.processor.regex.ByteRegex;
import io.pickaroon.processor.regex.Nfa;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Reads records that an expression matches: its named groups are the fields. A record parses if there is a match in it. */
public final class RegexRecordParser implements RecordParser {
    private final String text;
    private final Nfa nfa;
    /** Numbers of the groups by their names, in the order of the expression. */
    private final Map<String, Integer> groups;

    /**
     * A parser with an expression in RE2 syntax.
     *
     * @throws IllegalArgumentException if it is invalid, or has no named group
     */
    public RegexRecordParser(String expression) {
        ByteExpression read = ByteExpression.of(expression, false);
        if (read.groups().isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + expression + "' has no named group, so records would have no field");
        }
        this.text = expression;
        this.nfa = new Nfa(read.tree());
        this.groups = read.groups();
    }

    /** Names of the fields that records may have, in the order of the expression. */
    public List<String> names() {
        return groups.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public String description() {
        return "regex " + text;
    }

    @Override
    public boolean readsNames() {
        return false;
    }

    @Override
    public Session open(List<String> names, boolean all) {
        LinkedHashSet<String> wanted = new LinkedHashSet<>(names);
        if (all) {
            wanted.addAll(names());
        }
        return new Groups(List.copyOf(wanted));
    }

    private final class Groups implements Session {
        private final byte[][] names;
        /** The places of the names among the groups to find; -1 of those that the expression does not have. */
        private final int[] places;

        private final ByteRegex regex;
        private byte[] record = {};
        private boolean parses;

        Groups(List<String> wanted) {
            this.names = wanted.stream()
                    .map(name -> name.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
            List<String> known = wanted.stream().filter(groups::containsKey).toList();
            this.places = wanted.stream().mapToInt(known::indexOf).toArray();
            this.regex = new ByteRegex(nfa, known.stream().mapToInt(groups::get).toArray());
        }

        @Override
        public boolean parse(byte[] newRecord, int from, int to) {
            record = newRecord;
            parses = regex.find(newRecord, from, to);
            return parses;
        }

        @Override
        public int count() {
            return places.length;
        }

        @Override
        public byte[] name(int field) {
            return names[field];
        }

        @Override
        public boolean has(int field) {
            return parses && places[field] >= 0 && regex.groupStart(places[field]) >= 0;
        }

        @Override
        public boolean isDecoded(int field) {
            return false;
        }

        @Override
        public byte[] bytes(int field) {
            return record;
        }

        @Override
        public int start(int field) {
            return regex.groupStart(places[field]);
        }

        @Override
        public int end(int field) {
            return regex.groupEnd(places[field]);
        }

        @Override
        public int sourceStart(int field) {
            return start(field);
        }

        @Override
        public int sourceEnd(int field) {
            return end(field);
        }
    }
}
