package io.pickaroon.config.settings;

import java.util.Objects;

/** How fields are read from a record. */
public sealed interface ParseSettings {
    /** Not at all. */
    record None() implements ParseSettings {}

    /** As a JSON object. */
    record Json() implements ParseSettings {}

    /** As {@code name=value} pairs. */
    record Logfmt() implements ParseSettings {}

    /** By an expression, whose named groups are the fields; at least one. */
    record Regex(String expression) implements ParseSettings {
        public Regex {
            Objects.requireNonNull(expression, "expression");
        }
    }
}
