package io.pickaroon.processor.scan;

import io.pickaroon.processor.regex.ByteExpression;
import io.pickaroon.processor.regex.ByteRegex;
import io.pickaroon.processor.regex.Nfa;
import java.util.List;

/**
 * What a rule looks for in the bytes of one record. Text is matched as its UTF-8 bytes.
 */
public sealed interface Pattern {
    /** True if ASCII letters match in either case. */
    boolean ignoreCase();

    /** The texts of which one has to be there; empty for an expression. */
    List<String> texts();

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

        @Override
        public List<String> texts() {
            return List.of();
        }

        /** True if an empty record matches, and so every other as a rule, which is seldom what was meant. */
        public boolean matchesEmptyText() {
            return new ByteRegex(
                            new Nfa(ByteExpression.of(expression, ignoreCase).tree()), 0)
                    .find(new byte[0], 0, 0);
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
}
