package io.pickaroon.processor.scan;

import java.util.LinkedHashSet;
import java.util.List;

/**
 * The fields of the current record, which is parsed when they are first needed, and then once. Used by one thread at a time.
 */
final class RecordFields {
    /** Null if no rule has a use for a field, or the input has no parser: then no record has one. */
    private final RecordParser.Session session;

    private final List<String> names;
    private byte[] bytes = {};
    private int start;
    private int end;
    private boolean isParsed;
    private boolean parses;

    /** @param input whose records they are */
    RecordFields(List<Rule> rules, Scanner.Input input) {
        LinkedHashSet<String> asked = new LinkedHashSet<>();
        rules.forEach(rule -> asked.addAll(rule.pattern().fields()));
        rules.stream()
                .filter(Rule::emits)
                .forEach(rule -> asked.addAll(rule.captures().fields()));
        boolean emits = rules.stream().anyMatch(Rule::emits);
        boolean all =
                rules.stream().anyMatch(rule -> rule.emits() && rule.captures().allFields())
                        || emits && rules.stream().anyMatch(Rule::masks);
        this.names = List.copyOf(asked);
        this.session = input.parser()
                .filter(_ -> all || !names.isEmpty())
                .map(parser -> parser.open(names, all))
                .orElse(null);
    }

    /** True if records are ever parsed. */
    boolean isUsed() {
        return session != null;
    }

    /** The place of a name among the fields; every name of a pattern or of captures of the rules has one. */
    int indexOf(String name) {
        return names.indexOf(name);
    }

    /** Begins with a record whose content is {@code [start, end)}, without parsing it. */
    void begin(byte[] newBytes, int newStart, int newEnd) {
        bytes = newBytes;
        start = newStart;
        end = newEnd;
        isParsed = false;
        parses = false;
    }

    /** True if the record was parsed, or nothing would come of it. */
    boolean areKnown() {
        return isParsed || session == null;
    }

    /** Parses the record, if it was not. */
    void parse() {
        if (!areKnown()) {
            isParsed = true;
            parses = session.parse(bytes, start, end);
        }
    }

    /** True if the record was parsed, and has no field because it does not parse. */
    boolean isUnparsed() {
        return isParsed && !parses;
    }

    /** Number of fields, those that the record lacks included. */
    int count() {
        return parses ? session.count() : 0;
    }

    boolean has(int field) {
        return parses && session.has(field);
    }

    byte[] name(int field) {
        return session.name(field);
    }

    boolean isDecoded(int field) {
        return session.isDecoded(field);
    }

    byte[] bytes(int field) {
        return session.bytes(field);
    }

    int start(int field) {
        return session.start(field);
    }

    int end(int field) {
        return session.end(field);
    }

    int sourceStart(int field) {
        return session.sourceStart(field);
    }

    int sourceEnd(int field) {
        return session.sourceEnd(field);
    }
}
