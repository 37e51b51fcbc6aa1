package io.pickaroon.config.settings;

import java.util.List;
import java.util.Objects;

/** What a record must contain. Text is meant as its UTF-8 bytes. */
public sealed interface MatchSettings {
    /** Whether ASCII letters match in either case. */
    boolean ignoreCase();

    /** The text, anywhere in the record. Not empty, without a line feed. */
    record Literal(String text, boolean ignoreCase) implements MatchSettings {
        public Literal {
            Objects.requireNonNull(text, "text");
        }
    }

    /** At least one of the texts, anywhere in the record. None of them empty or with a line feed. */
    record AnyOf(List<String> texts, boolean ignoreCase) implements MatchSettings {
        public AnyOf {
            texts = List.copyOf(texts);
        }
    }

    /** A regular expression, found anywhere in the record. */
    record Regex(String expression, boolean ignoreCase) implements MatchSettings {
        public Regex {
            Objects.requireNonNull(expression, "expression");
        }
    }
}
