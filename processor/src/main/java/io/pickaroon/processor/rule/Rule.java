package io.pickaroon.processor.rule;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What to look for in every record, under a name that travels with each match, and what to do with it.
 *
 * <p>A fix without a group changes what the pattern's only text or expression matches, see {@link Pattern#positives}; a fix
 * with a group changes that group of each of those that have it. A group is captured from the first of them in which it takes
 * part.
 *
 * @param id unique among the rules of one run; header {@code pickaroon.rule} of what is emitted
 * @param pattern what a record must contain
 * @param emits whether matching records are emitted
 * @param fix how matches are changed in the file, if they are
 * @param options what is taken along with each record that is emitted, and which ones are
 */
public record Rule(String id, Pattern pattern, boolean emits, Optional<Fix> fix, EmitOptions options) {
    /**
     * Checks the parts against each other.
     *
     * @throws IllegalArgumentException if the pattern has no such group, or does not tell what a fix without one changes, or if
     *     the fix would change records that a sample leaves out
     */
    public Rule {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(pattern, "pattern");
        options.captures().groups().forEach(group -> requireGroup(pattern, group));
        fix.map(Fix::group).filter(group -> !group.isEmpty()).ifPresent(group -> requireGroup(pattern, group));
        if (fix.isPresent() && fix.get().group().isEmpty()) {
            requireOne(pattern.positives());
        }
        if (emits && !options.sample().isAll() && fix.isPresent() && fix.get().changesFiles()) {
            throw new IllegalArgumentException("a fix cannot change what a sample leaves out");
        }
    }

    /** A rule that takes nothing of its own from a record. */
    public Rule(String id, Pattern pattern, boolean emits, Optional<Fix> fix) {
        this(id, pattern, emits, fix, EmitOptions.NONE);
    }

    /** A rule that emits and fixes nothing. */
    public Rule(String id, Pattern pattern) {
        this(id, pattern, true, Optional.empty());
    }

    /** What it takes from each record that it emits. */
    public Captures captures() {
        return options.captures();
    }

    /** True if it leads to changes in files. */
    public boolean changesFiles() {
        return fix.isPresent() && fix.get().changesFiles();
    }

    /** True if its fix is made only when the file was rotated. */
    public boolean waitsForRotation() {
        return fix.isPresent() && fix.get().waitsForRotation();
    }

    /** True if the search passes over no record for it, see {@link Pattern#seesEveryRecord}. */
    public boolean seesEveryRecord() {
        return pattern.seesEveryRecord();
    }

    /** The rule for a rotated file: it makes the fix that waited, and emits nothing again. */
    public Rule afterRotation() {
        return new Rule(id, pattern, false, fix.map(Fix::withoutWaiting));
    }

    /** True if it masks what is emitted. */
    public boolean masks() {
        return fix.isPresent() && fix.get().change() instanceof Fix.Mask;
    }

    private static void requireGroup(Pattern pattern, String group) {
        boolean known = pattern.positives().stream()
                .anyMatch(positive -> group.equals(Fix.OF_DETECTORS)
                        ? positive instanceof Pattern.Detect
                        : positive instanceof Pattern.Regex regex && regex.hasGroup(group));
        if (!known) {
            throw new IllegalArgumentException("the pattern has no group named '" + group + "'");
        }
    }

    private static void requireOne(List<Pattern> positives) {
        if (positives.size() != 1) {
            throw new IllegalArgumentException(
                    "a fix without a group needs exactly one text or expression that is not under a not; there are "
                            + positives.size());
        }
    }
}
