package io.pickaroon.processor.rule;

import io.pickaroon.processor.detect.Detector;
import io.pickaroon.processor.regex.ByteExpression;
import io.pickaroon.processor.regex.ByteRegex;
import io.pickaroon.processor.regex.Nfa;
import io.pickaroon.processor.secret.SecretRule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a rule looks for in one record: texts and expressions in its bytes, and conditions made of them and of fields. Text is
 * matched as its UTF-8 bytes.
 */
public sealed interface Pattern {
    /** True if ASCII letters match in either case. */
    default boolean ignoreCase() {
        return false;
    }

    /** The texts of which one has to be there; empty for an expression and for a condition. */
    default List<String> texts() {
        return List.of();
    }

    /**
     * The texts and expressions that are not under a {@link Not}, from left to right: what a fix changes, and groups are
     * captured from, is a match of one of these.
     */
    default List<Pattern> positives() {
        return List.of(this);
    }

    /** Names of the fields that are asked for, as often as they are. */
    default List<String> fields() {
        return List.of();
    }

    /**
     * True if no text or expression has to be there, so that the search passes over no record: each is tested by itself, which
     * is slow.
     */
    default boolean seesEveryRecord() {
        return false;
    }

    /** The text anywhere in the record. Must not be empty, nor contain a line feed. */
    record Literal(String text, boolean ignoreCase) implements Pattern {
        public Literal {
            requireSearchable(text);
        }

        @Override
        public List<String> texts() {
            return List.of(text);
        }
    }

    /** At least one of the texts anywhere in the record. */
    record AnyOf(List<String> texts, boolean ignoreCase) implements Pattern {
        public AnyOf {
            texts = List.copyOf(texts);
            if (texts.isEmpty()) {
                throw new IllegalArgumentException("anyOf needs at least one text");
            }
            texts.forEach(Pattern::requireSearchable);
        }
    }

    /** A regular expression in RE2 syntax that finds a match anywhere in the record, in time linear to its length. */
    record Regex(String expression, boolean ignoreCase) implements Pattern {
        public Regex {
            ByteExpression.of(expression, ignoreCase);
        }

        /** True if an empty record matches, and so every other as a rule, which is seldom what was meant. */
        public boolean matchesEmptyText() {
            return new ByteRegex(
                            new Nfa(ByteExpression.of(expression, ignoreCase).tree()))
                    .find(new byte[0], 0, 0);
        }

        /** True if it has a group of this name. */
        boolean hasGroup(String group) {
            return ByteExpression.of(expression, ignoreCase).groups().containsKey(group);
        }
    }

    /** At least one of the detectors, or of the rules for secrets, finds something in the record. There is at least one, and none twice. */
    record Detect(List<Detector> detectors, List<SecretRule> secrets) implements Pattern {
        public Detect {
            detectors = List.copyOf(new LinkedHashSet<>(detectors));
            secrets = List.copyOf(new LinkedHashSet<>(secrets));
            requireParts("detect", detectors.isEmpty() ? secrets : detectors);
        }

        /** Detectors alone. */
        public Detect(List<Detector> detectors) {
            this(detectors, List.of());
        }
    }

    /** Every part holds. There is at least one. */
    record All(List<Pattern> parts) implements Pattern {
        public All {
            parts = List.copyOf(parts);
            requireParts("all", parts);
        }

        @Override
        public List<Pattern> positives() {
            return positivesOf(parts.stream());
        }

        @Override
        public List<String> fields() {
            return fieldsOf(parts.stream());
        }

        @Override
        public boolean seesEveryRecord() {
            return parts.stream().allMatch(Pattern::seesEveryRecord);
        }
    }

    /** At least one part holds. There is at least one. */
    record Any(List<Pattern> parts) implements Pattern {
        public Any {
            parts = List.copyOf(parts);
            requireParts("any", parts);
        }

        @Override
        public List<Pattern> positives() {
            return positivesOf(parts.stream());
        }

        @Override
        public List<String> fields() {
            return fieldsOf(parts.stream());
        }

        @Override
        public boolean seesEveryRecord() {
            return parts.stream().anyMatch(Pattern::seesEveryRecord);
        }
    }

    /** The part does not hold. */
    record Not(Pattern part) implements Pattern {
        @Override
        public List<Pattern> positives() {
            return List.of();
        }

        @Override
        public List<String> fields() {
            return part.fields();
        }

        @Override
        public boolean seesEveryRecord() {
            return true;
        }
    }

    /**
     * A field of the record passes a test. False where the field is missing: the record does not have it, or does not parse, or
     * its input has no {@link RecordParser}.
     */
    record Field(String name, FieldTest test) implements Pattern {
        public Field {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a field has a name");
            }
        }

        @Override
        public List<Pattern> positives() {
            return List.of();
        }

        @Override
        public List<String> fields() {
            return List.of(name);
        }

        @Override
        public boolean seesEveryRecord() {
            return true;
        }
    }

    /** What is asked of the value of a field. */
    sealed interface FieldTest {
        /** The value is this text. */
        record EqualTo(String text) implements FieldTest {}

        /** The value is one of the texts. There is at least one. */
        record OneOf(List<String> texts) implements FieldTest {
            public OneOf {
                texts = List.copyOf(texts);
                requireParts("in", texts);
            }
        }

        /** A regular expression in RE2 syntax finds a match anywhere in the value. */
        record Matching(String expression) implements FieldTest {
            public Matching {
                ByteExpression.of(expression, false);
            }
        }
    }

    private static void requireSearchable(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty text matches every record; use regex: '' if that is meant");
        }
        if (text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(
                    "a text with a line feed is not looked for; use a regex with \\n where records have several lines");
        }
    }

    private static void requireParts(String kind, List<?> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(kind + " needs at least one entry");
        }
    }

    private static List<Pattern> positivesOf(Stream<Pattern> parts) {
        return parts.flatMap(part -> part.positives().stream()).toList();
    }

    private static List<String> fieldsOf(Stream<Pattern> parts) {
        return parts.flatMap(part -> part.fields().stream()).toList();
    }
}
