package io.pickaroon.processor.scan;

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

    /** From the first lines on. */
    public static Multiline startingWith(String expression) {
        return new Multiline(Optional.of(new Pattern.Regex(expression, false)), Optional.empty());
    }

    /** With lines that go on with the record before them. */
    public static Multiline continuedBy(String expression) {
        return new Multiline(Optional.empty(), Optional.of(new Pattern.Regex(expression, false)));
    }

    @Override
    public LineTest newTest() {
        Optional<LineMatch> first = start.map(LineMatch::of);
        Optional<LineMatch> other = continuation.map(LineMatch::of);
        return (bytes, from, to) -> first.isPresent() && first.get().matches(bytes, from, to)
                || other.isPresent() && !other.get().matches(bytes, from, to);
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

    /** Whether an expression matches in a line: by its automaton where it has one. */
    private record LineMatch(Optional<RecordDfa> dfa, Optional<ByteRegex> regex) {
        static LineMatch of(Pattern.Regex regex) {
            Optional<RecordDfa> dfa = ByteNodeParser.parse(ByteExpression.of(regex.expression()), regex.ignoreCase())
                    .flatMap(node -> Nfa.of(node).map(nfa -> new RecordDfa(node, nfa)));
            return new LineMatch(
                    dfa,
                    dfa.isPresent()
                            ? Optional.empty()
                            : Optional.of(ByteRegex.compile(regex.expression(), regex.ignoreCase())));
        }

        boolean matches(byte[] bytes, int from, int to) {
            return dfa.isPresent()
                    ? dfa.get().matches(bytes, from, to)
                    : regex.get().find(bytes, from, to);
        }
    }
}
