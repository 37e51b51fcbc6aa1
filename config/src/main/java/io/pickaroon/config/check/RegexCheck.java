package io.pickaroon.config.check;

import java.util.Optional;

/** Says whether the engine that will run a regular expression understands it. */
@FunctionalInterface
public interface RegexCheck {
    /** Takes every expression. */
    RegexCheck NONE = _ -> Optional.empty();

    /** Returns what is wrong with the expression, in a few words; empty when it is fine. */
    Optional<String> problemWith(String expression);

    /** Returns what is wrong with a number of a group of an expression that is fine, in a few words; empty when there is such a group. */
    default Optional<String> problemWithGroup(String expression, int group) {
        return Optional.empty();
    }

    /** Returns what the writer of an expression that is fine may not expect of it, in a few words; empty for most. */
    default Optional<String> surpriseIn(String expression) {
        return Optional.empty();
    }
}
