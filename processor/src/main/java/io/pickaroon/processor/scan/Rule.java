package io.pickaroon.processor.scan;

import io.pickaroon.processor.regex.ByteExpression;
import java.util.Objects;
import java.util.Optional;

/**
 * What to look for in every record, under a name that travels with each match, and what to do with it.
 *
 * @param id unique among the rules of one run; header {@code pickaroon.rule} of what is emitted
 * @param pattern what a record must contain
 * @param emits whether matching records are emitted
 * @param fix how matches are changed in the file, if they are
 * @param captures what is taken from each record that is emitted
 */
public record Rule(String id, Pattern pattern, boolean emits, Optional<Fix> fix, Captures captures) {
    public Rule {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(captures, "captures");
        fix.ifPresent(f -> requireGroup(pattern, f.group()));
    }

    /** A rule that takes nothing of its own from a record. */
    public Rule(String id, Pattern pattern, boolean emits, Optional<Fix> fix) {
        this(id, pattern, emits, fix, Captures.NONE);
    }

    /** A rule that emits and fixes nothing. */
    public Rule(String id, Pattern pattern) {
        this(id, pattern, true, Optional.empty());
    }

    /** True if its fix is made only when the file was rotated. */
    public boolean waitsForRotation() {
        return fix.isPresent() && fix.get().waitsForRotation();
    }

    /** The rule for a rotated file: it makes the fix that waited, and emits nothing again. */
    public Rule afterRotation() {
        return new Rule(id, pattern, false, fix.map(Fix::withoutWaiting));
    }

    private static void requireGroup(Pattern pattern, String group) {
        boolean known = group.isEmpty()
                || pattern instanceof Pattern.Regex regex
                        && ByteExpression.of(regex.expression(), regex.ignoreCase())
                                .groups()
                                .containsKey(group);
        if (!known) {
            throw new IllegalArgumentException("the pattern has no group named '" + group + "'");
        }
    }
}
