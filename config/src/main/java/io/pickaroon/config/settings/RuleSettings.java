package io.pickaroon.config.settings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What to look for and what to do with the records that have it. At least one of emit and fix is present.
 *
 * @param id unique among the rules
 * @param inputs ids of the inputs that the rule reads; all of them when the file names none
 * @param isWrittenOut whether the file itself has every text of match and fix. If a variable or another file brings one, it may
 *     be a secret, and none of them is shown
 */
public record RuleSettings(
        String id,
        List<String> inputs,
        MatchSettings match,
        Optional<EmitSettings> emit,
        Optional<FixSettings> fix,
        boolean isWrittenOut) {
    public RuleSettings {
        Objects.requireNonNull(id, "id");
        inputs = List.copyOf(inputs);
        Objects.requireNonNull(match, "match");
        Objects.requireNonNull(emit, "emit");
        Objects.requireNonNull(fix, "fix");
    }

    /** Whether it changes files, at once or when they are rotated. */
    public boolean changesFiles() {
        return fix.isPresent() && fix.get().when() != FixSettings.When.NEVER;
    }
}
