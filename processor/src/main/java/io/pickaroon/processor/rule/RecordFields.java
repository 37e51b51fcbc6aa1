package io.pickaroon.processor.rule;

import io.pickaroon.processor.container.FoundRecords;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The fields of the current record, which is parsed when they are first needed, and then once. Used by one thread at a time.
 */
public final class RecordFields {
    /** Null if no rule has a use for a field, or the input has no parser: then no record has one. */
    private final RecordParser.Session session;

    private final List<String> names;
    private final boolean readsNames;
    /** There are fields that do not stand in the record. */
    private final boolean hasOwn;

    private byte[] bytes = {};
    private int start;
    private int end;
    private boolean isParsed;
    private boolean parses;

    /** @param parser of the input whose records they are; empty if it has none */
    public RecordFields(List<Rule> rules, Optional<RecordParser> parser) {
        this(rules, parser, null);
    }

    /**
     * @param parser of the input whose records they are; empty if it has none
     * @param found the records of a container log, of which the current one is selected; null if it is none
     */
    public RecordFields(List<Rule> rules, Optional<RecordParser> parser, FoundRecords found) {
        LinkedHashSet<String> asked = new LinkedHashSet<>();
        rules.forEach(rule -> asked.addAll(rule.pattern().fields()));
        rules.stream()
                .filter(Rule::emits)
                .forEach(rule -> asked.addAll(rule.captures().fields()));
        boolean emits = rules.stream().anyMatch(Rule::emits);
        boolean all =
                rules.stream().anyMatch(rule -> rule.emits() && rule.captures().allFields())
                        || emits && rules.stream().anyMatch(Rule::masks);
        if (found != null && emits && all) {
            asked.addAll(ContainerFields.NAMES);
        }
        this.hasOwn = found != null && ContainerFields.NAMES.stream().anyMatch(asked::contains);
        this.names = List.copyOf(asked);
        this.readsNames = parser.isPresent() && parser.get().readsNames();
        this.session = (hasOwn ? Optional.<RecordParser>of(new ContainerFields(parser, found)) : parser)
                .filter(_ -> all || !names.isEmpty())
                .map(given -> given.open(names, all))
                .orElse(null);
    }

    /** True if records are ever parsed. */
    public boolean isUsed() {
        return session != null;
    }

    /** The place of a name among the fields; every name of a pattern or of captures of the rules has one. */
    public int indexOf(String name) {
        return names.indexOf(name);
    }

    /** Begins with a record whose content is {@code [start, end)}, without parsing it. */
    public void begin(byte[] newBytes, int newStart, int newEnd) {
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
    public void parse() {
        if (!areKnown()) {
            isParsed = true;
            parses = session.parse(bytes, start, end);
        }
    }

    /**
     * Reads the fields of the record as it is shown, instead of its own: to be called when all conditions are decided. Leaves
     * the fields as they are where that makes no difference, or the shown record does not parse.
     *
     * @param shown has the record from index 0 on
     * @return whether the fields are those of the shown record
     */
    public boolean parseShown(byte[] shown) {
        if (!parses || !readsNames || session.parse(shown, 0, end - start)) {
            return parses && readsNames;
        }
        session.parse(bytes, start, end);
        return false;
    }

    /** True if the name of a field is none that was asked for, but one that stands in the record. */
    public boolean isNameOfRecord(int field) {
        return readsNames && field >= names.size();
    }

    /** True if the record was parsed, and has no field because it does not parse. */
    public boolean isUnparsed() {
        return isParsed && !parses;
    }

    /** Number of fields, those that the record lacks included. */
    public int count() {
        return parses || hasOwn && isParsed ? session.count() : 0;
    }

    /** A record that does not parse may have fields all the same: those that its input gives to each. */
    public boolean has(int field) {
        return isParsed && session.has(field);
    }

    public byte[] name(int field) {
        return session.name(field);
    }

    public boolean isDecoded(int field) {
        return session.isDecoded(field);
    }

    public byte[] bytes(int field) {
        return session.bytes(field);
    }

    public int start(int field) {
        return session.start(field);
    }

    public int end(int field) {
        return session.end(field);
    }

    public int sourceStart(int field) {
        return session.sourceStart(field);
    }

    public int sourceEnd(int field) {
        return session.sourceEnd(field);
    }
}
