package io.pickaroon.processor.rule;

import io.pickaroon.processor.regex.ByteExpression;
import io.pickaroon.processor.regex.Nfa;
import io.pickaroon.processor.regex.RecordDfa;
import io.pickaroon.processor.window.RecordStarts;
import java.util.Optional;

/**
 * Regular expressions that say which lines start a record: a line does if it matches {@code start}, or if it does not match
 * {@code continuation}, where that is given.
 *
 * @param start matches first lines
 * @param continuation matches all other lines; at least one of both is given
 */
public record Multiline(Optional<Pattern.Regex> start, Optional<Pattern.Regex> continuation) implements RecordStarts {
    public Multiline {
        if (start.isEmpty() && continuation.isEmpty()) {
            throw new IllegalArgumentException("multiline needs an expression for first lines or for the others");
        }
    }

    /** With lines that start a record. */
    public static Multiline startingWith(String expression) {
        return new Multiline(Optional.of(new Pattern.Regex(expression, false)), Optional.empty());
    }

    /** With lines that continue the record before them. */
    public static Multiline continuedBy(String expression) {
        return new Multiline(Optional.empty(), Optional.of(new Pattern.Regex(expression, false)));
    }

    @Override
    public LineTest newTest() {
        Optional<RecordDfa> first = start.map(Multiline::dfa);
        Optional<RecordDfa> other = continuation.map(Multiline::dfa);
        return (bytes, from, to) -> first.isPresent() && first.get().matches(bytes, from, to)
                || other.isPresent() && !other.get().matches(bytes, from, to);
    }

    private static RecordDfa dfa(Pattern.Regex regex) {
        return new RecordDfa(new Nfa(
                ByteExpression.of(regex.expression(), regex.ignoreCase()).tree()));
    }

    @Override
    public String description() {
        return "multiline %s %s".formatted(description(start), description(continuation));
    }

    private static String description(Optional<Pattern.Regex> expression) {
        return expression
                .map(regex -> regex.expression().length() + ":" + regex.expression())
                .orElse("-");
    }
}
