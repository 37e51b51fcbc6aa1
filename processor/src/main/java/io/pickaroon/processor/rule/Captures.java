package io.pickaroon.processor.rule;

import java.util.List;

/**
 * What is taken from each record that a rule matches, to be read from the {@code MatchBatch}: groups of its expression, then
 * fields, in this order.
 *
 * @param groups names of groups of the rule's expressions
 * @param fields names of fields, as the input's {@link RecordParser} knows them
 * @param allFields whether every field of the record is taken, too, by its name
 */
public record Captures(List<String> groups, List<String> fields, boolean allFields) {
    /** Nothing. */
    public static final Captures NONE = new Captures(List.of(), List.of(), false);

    public Captures {
        groups = List.copyOf(groups);
        fields = List.copyOf(fields);
    }

    /** How many values have a place of their own, groups first. */
    public int named() {
        return groups.size() + fields.size();
    }

    public boolean isEmpty() {
        return named() == 0 && !allFields;
    }
}
