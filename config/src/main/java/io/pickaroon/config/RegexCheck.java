package io.pickaroon.config;

import java.util.Optional;

/** Says whether the engine that will run a regular expression understands it. */
@FunctionalInterface
public interface RegexCheck {
    /** Takes every expression. */
    RegexCheck NONE = _ -> Optional.empty();

    /** Returns what is wrong with the expression, in a few words; empty when it is fine. */
    Optional<String> problemWith(String expression);
}
