package io.pickaroon.processor.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a regular expression over bytes, in the RE2 syntax that {@link ByteRegex} has already accepted. Where it is not
 * sure of the meaning (multi-line mode, for one) it does not guess: then there is no tree, and RE2/J alone decides.
 */
final class ByteNodeParser {
    private static final ByteSet DIGIT = ByteSet.range('0', '9');
    private static final ByteSet SPACE = ByteSet.of("\t\n\f\r ");
    private static final ByteSet LOWER = ByteSet.range('a', 'z');
    private static final ByteSet UPPER = ByteSet.range('A', 'Z');
    private static final ByteSet LETTER = LOWER.or(UPPER);
    private static final ByteSet GRAPH = ByteSet.range('!', '~');
    private static final ByteSet BEYOND_ASCII = ByteSet.range(128, 255);
    private static final int NO_GROUP = -1;

    private static final Map<String, ByteSet> NAMED = Map.ofEntries(
            Map.entry("alnum", LETTER.or(DIGIT)),
            Map.entry("alpha", LETTER),
            Map.entry("ascii", BEYOND_ASCII.not()),
            Map.entry("blank", ByteSet.of("\t ")),
            Map.entry("cntrl", ByteSet.range(0, 31).or(ByteSet.of(127))),
            Map.entry("digit", DIGIT),
            Map.entry("graph", GRAPH),
            Map.entry("lower", LOWER),
            Map.entry("print", ByteSet.range(' ', '~')),
            Map.entry("punct", GRAPH.not().or(LETTER).or(DIGIT).not()),
            Map.entry("space", ByteSet.range('\t', '\r').or(ByteSet.of(' '))),
            Map.entry("upper", UPPER),
            Map.entry("word", ByteNode.WORD),
            Map.entry("xdigit", DIGIT.or(ByteSet.of("abcdefABCDEF"))));

    private final String expression;
    private int index;
    private boolean ignoreCase;
    private boolean dotIsAnyByte;

    private ByteNodeParser(String expression, boolean ignoreCase) {
        this.expression = expression;
        this.ignoreCase = ignoreCase;
    }

    /** The tree of an expression that {@link ByteExpression} has rewritten; empty if this parser is not sure of it. */
    static Optional<ByteNode> parse(String expression, boolean ignoreCase) {
        try {
            ByteNodeParser parser = new ByteNodeParser(expression, ignoreCase);
            ByteNode node = parser.choice();
            return parser.index == expression.length() ? Optional.of(node) : Optional.empty();
        } catch (NotSure _) {
            return Optional.empty();
        }
    }

    private static final class NotSure extends RuntimeException {
        NotSure() {
            super(null, null, false, false);
        }
    }

    private ByteNode choice() {
        List<ByteNode> parts = new ArrayList<>();
        parts.add(sequence());
        while (at("|")) {
            index++;
            parts.add(sequence());
        }
        return parts.size() == 1 ? parts.getFirst() : new ByteNode.Choice(parts);
    }

    private ByteNode sequence() {
        List<ByteNode> parts = new ArrayList<>();
        while (index < expression.length() && !at("|") && !at(")")) {
            if (at("\\Q")) {
                quotation(parts);
            } else {
                atom(parts);
            }
            quantifiers(parts);
        }
        return parts.size() == 1 ? parts.getFirst() : new ByteNode.Sequence(parts);
    }

    private void quotation(List<ByteNode> parts) {
        int from = index + 2;
        int close = expression.indexOf("\\E", from);
        int to = close < 0 ? expression.length() : close;
        for (int i = from; i < to; i++) {
            parts.add(one(expression.charAt(i)));
        }
        index = Math.min(expression.length(), to + 2);
        if (from == to) {
            parts.add(ByteNode.EMPTY);
        }
    }

    private void atom(List<ByteNode> parts) {
        char c = expression.charAt(index);
        switch (c) {
            case '(' -> group(parts);
            case '[' -> parts.add(new ByteNode.One(bracketClass()));
            case '.' -> {
                index++;
                parts.add(new ByteNode.One(
                        dotIsAnyByte ? ByteSet.ALL : ByteSet.of('\n').not()));
            }
            case '^' -> assertion(parts, ByteNode.Assertion.START, 1);
            case '$' -> assertion(parts, ByteNode.Assertion.END, 1);
            case '\\' -> escape(parts);
            default -> {
                index++;
                parts.add(one(c));
            }
        }
    }

    private void assertion(List<ByteNode> parts, ByteNode.Assertion assertion, int length) {
        index += length;
        parts.add(assertion);
    }

    private ByteNode.One one(int c) {
        ByteSet set = ByteSet.of(known(c));
        return new ByteNode.One(ignoreCase ? set.inBothCases() : set);
    }

    /** RE2/J takes a byte beyond ASCII for a character of Latin 1, which has cases of its own. */
    private int known(int c) {
        if (c > 255 || (ignoreCase && c > 127)) {
            throw new NotSure();
        }
        return c;
    }

    private void group(List<ByteNode> parts) {
        boolean outerCase = ignoreCase;
        boolean outerDot = dotIsAnyByte;
        index++;
        if (at("?")) {
            int name = at("?P<") ? 3 : at("?<") ? 2 : NO_GROUP;
            if (name != NO_GROUP) {
                index = expression.indexOf('>', index) + 1;
            } else if (flags()) {
                // They hold for the rest of the group that they stand in.
                parts.add(ByteNode.EMPTY);
                return;
            }
        }
        ByteNode inner = choice();
        require(")");
        ignoreCase = outerCase;
        dotIsAnyByte = outerDot;
        parts.add(inner);
    }

    /** Reads flags from the question mark on. True if they stand alone, as in {@code (?i)}. */
    private boolean flags() {
        boolean on = true;
        for (index++; index < expression.length(); index++) {
            switch (expression.charAt(index)) {
                case 'i' -> ignoreCase = on;
                case 's' -> dotIsAnyByte = on;
                case 'U' -> {
                    // Which of several matches is preferred is of no interest here.
                }
                case '-' -> on = false;
                case ':', ')' -> {
                    return expression.charAt(index++) == ')';
                }
                default -> throw new NotSure();
            }
        }
        throw new NotSure();
    }

    private void escape(List<ByteNode> parts) {
        char c = index + 1 < expression.length() ? expression.charAt(index + 1) : 'Z';
        switch (c) {
            case 'b' -> assertion(parts, ByteNode.Assertion.WORD_BOUNDARY, 2);
            case 'B' -> assertion(parts, ByteNode.Assertion.NO_WORD_BOUNDARY, 2);
            case 'A' -> assertion(parts, ByteNode.Assertion.START, 2);
            case 'z' -> assertion(parts, ByteNode.Assertion.END, 2);
            case 'C' -> {
                index += 2;
                parts.add(new ByteNode.One(ByteSet.ALL));
            }
            default -> {
                ByteSet letterClass = letterClass(c);
                if (letterClass != null) {
                    index += 2;
                    parts.add(new ByteNode.One(letterClass));
                } else {
                    parts.add(one(escapedByte()));
                }
            }
        }
    }

    private static ByteSet letterClass(char c) {
        return switch (c) {
            case 'd' -> DIGIT;
            case 'D' -> DIGIT.not();
            case 's' -> SPACE;
            case 'S' -> SPACE.not();
            case 'w' -> ByteNode.WORD;
            case 'W' -> ByteNode.WORD.not();
            default -> null;
        };
    }

    /** Reads an escape that stands for one byte. */
    private int escapedByte() {
        if (index + 1 >= expression.length()) {
            throw new NotSure();
        }
        char c = expression.charAt(index + 1);
        index += 2;
        return switch (c) {
            case 'a' -> 7;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 11;
            case 'x' -> hexadecimal();
            default -> {
                if (c >= 128 || Character.isLetterOrDigit(c) || c == '_') {
                    throw new NotSure();
                }
                yield c;
            }
        };
    }

    private int hexadecimal() {
        boolean braces = at("{");
        int from = braces ? index + 1 : index;
        int to = braces ? expression.indexOf('}', from) : from + 2;
        if (to <= from || to > expression.length()) {
            throw new NotSure();
        }
        index = braces ? to + 1 : to;
        try {
            return Integer.parseInt(expression.substring(from, to), 16);
        } catch (NumberFormatException _) {
            throw new NotSure();
        }
    }

    private ByteSet bracketClass() {
        index++;
        boolean negated = at("^");
        index += negated ? 1 : 0;
        ByteSet set = ByteSet.NONE;
        for (boolean first = true; first || !at("]"); first = false) {
            set = set.or(classMember());
        }
        index++;
        return negated ? set.not() : set;
    }

    private ByteSet classMember() {
        if (at("[:")) {
            int close = expression.indexOf(":]", index);
            boolean negated = at("[:^");
            ByteSet named = close < 0 ? null : NAMED.get(expression.substring(index + (negated ? 3 : 2), close));
            if (named == null) {
                throw new NotSure();
            }
            index = close + 2;
            ByteSet folded = ignoreCase ? named.inBothCases() : named;
            return negated ? folded.not() : folded;
        }
        ByteSet letterClass =
                at("\\") && index + 1 < expression.length() ? letterClass(expression.charAt(index + 1)) : null;
        if (letterClass != null) {
            index += 2;
            return letterClass;
        }
        int first = classByte();
        int last = first;
        if (at("-") && !expression.startsWith("-]", index)) {
            index++;
            last = classByte();
        }
        ByteSet range = ByteSet.range(known(first), known(last));
        return ignoreCase ? range.inBothCases() : range;
    }

    private int classByte() {
        if (index >= expression.length()) {
            throw new NotSure();
        }
        return at("\\") ? escapedByte() : expression.charAt(index++);
    }

    private void quantifiers(List<ByteNode> parts) {
        while (index < expression.length()) {
            int min = at("+") ? 1 : 0;
            int max = at("?") ? 1 : ByteNode.UNBOUNDED;
            if (at("*") || at("+") || at("?")) {
                index++;
            } else if (at("{")) {
                int close = expression.indexOf('}', index);
                String bounds = close < 0 ? "" : expression.substring(index + 1, close);
                if (!bounds.matches("\\d{1,4}(,\\d{0,4})?")) {
                    return;
                }
                int comma = bounds.indexOf(',');
                min = Integer.parseInt(comma < 0 ? bounds : bounds.substring(0, comma));
                max = comma < 0
                        ? min
                        : comma == bounds.length() - 1
                                ? ByteNode.UNBOUNDED
                                : Integer.parseInt(bounds.substring(comma + 1));
                index = close + 1;
            } else {
                return;
            }
            // A lazy one matches the same texts.
            index += at("?") ? 1 : 0;
            parts.add(new ByteNode.Repeat(parts.removeLast(), min, max));
        }
    }

    private boolean at(String text) {
        return expression.startsWith(text, index);
    }

    private void require(String text) {
        if (!at(text)) {
            throw new NotSure();
        }
        index += text.length();
    }
}
