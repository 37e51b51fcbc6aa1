package io.pickaroon.config.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** What a record must contain, or be. Text is meant as its UTF-8 bytes. */
public sealed interface MatchSettings {
    /** The literals, texts, expressions and detectors that are found in a record, in the order of the file: those below no {@link Not}. */
    default List<MatchSettings> positive() {
        return switch (this) {
            case Literal _, AnyOf _, Regex _, Detect _ -> List.of(this);
            case All(List<MatchSettings> conditions) -> positive(conditions);
            case Any(List<MatchSettings> conditions) -> positive(conditions);
            case Not _, Field _ -> List.of();
        };
    }

    private static List<MatchSettings> positive(List<MatchSettings> conditions) {
        return conditions.stream()
                .flatMap(condition -> condition.positive().stream())
                .toList();
    }

    /**
     * The text, anywhere in the record. Not empty, without a line feed.
     *
     * @param ignoreCase whether ASCII letters match in either case
     */
    record Literal(String text, boolean ignoreCase) implements MatchSettings {
        public Literal {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * At least one of the texts, anywhere in the record. None of them empty or with a line feed.
     *
     * @param ignoreCase whether ASCII letters match in either case
     */
    record AnyOf(List<String> texts, boolean ignoreCase) implements MatchSettings {
        public AnyOf {
            texts = List.copyOf(texts);
        }
    }

    /**
     * A regular expression, found anywhere in the record.
     *
     * @param ignoreCase whether ASCII letters match in either case
     */
    record Regex(String expression, boolean ignoreCase) implements MatchSettings {
        public Regex {
            Objects.requireNonNull(expression, "expression");
        }
    }

    /** What at least one of the detectors, or of the rules for secrets, finds, anywhere in the record. At least one of them. */
    record Detect(List<DetectorName> detectors, List<SecretFile> secrets) implements MatchSettings {
        public Detect {
            detectors = List.copyOf(detectors);
            secrets = List.copyOf(secrets);
        }

        /** Detectors alone. */
        public Detect(List<DetectorName> detectors) {
            this(detectors, List.of());
        }
    }

    /** The rules of a file that are used; at least one. */
    record SecretFile(Path file, List<SecretSettings> rules) {
        public SecretFile {
            Objects.requireNonNull(file, "file");
            rules = List.copyOf(rules);
        }
    }

    /** Every one of the conditions; at least one. */
    record All(List<MatchSettings> conditions) implements MatchSettings {
        public All {
            conditions = List.copyOf(conditions);
        }
    }

    /** At least one of the conditions; at least one of them. */
    record Any(List<MatchSettings> conditions) implements MatchSettings {
        public Any {
            conditions = List.copyOf(conditions);
        }
    }

    /** The opposite of the condition. */
    record Not(MatchSettings condition) implements MatchSettings {
        public Not {
            Objects.requireNonNull(condition, "condition");
        }
    }

    /** A field of the record, static ones included. False where the record has no such field. */
    record Field(String name, FieldTest test) implements MatchSettings {
        public Field {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(test, "test");
        }
    }

    /** What the value of a field must be. */
    sealed interface FieldTest {}

    /** Exactly the text. */
    record Equal(String text) implements FieldTest {
        public Equal {
            Objects.requireNonNull(text, "text");
        }
    }

    /** Exactly one of the texts; at least one of them. */
    record In(List<String> texts) implements FieldTest {
        public In {
            texts = List.copyOf(texts);
        }
    }

    /** A regular expression, found anywhere in the value. */
    record Matches(String expression) implements FieldTest {
        public Matches {
            Objects.requireNonNull(expression, "expression");
        }
    }
}
