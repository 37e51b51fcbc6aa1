package io.pickaroon.processor.regex;

import io.pickaroon.processor.search.ByteSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a regular expression in RE2 syntax as one over bytes. It accepts and refuses what RE2 does. */
final class ByteNodeParser {
    private static final int MOST_REPEATS = 1000;
    private static final int DEEPEST = 1000;
    private static final int MOST_DIGITS = 8;

    private final ExpressionText text;
    private final CharacterParser characters;
    private final Map<String, Integer> groups = new HashMap<>();
    private int groupCount;
    private int depth;

    private boolean ignoreCase;
    private boolean dotIsAnyByte;
    private boolean linesHaveEnds;
    private boolean lazyIsUsual;

    private ByteNodeParser(String expression, boolean ignoreCase) {
        this.text = new ExpressionText(expression);
        this.characters = new CharacterParser(text);
        this.ignoreCase = ignoreCase;
    }

    /**
     * The expression as a tree, with its groups.
     *
     * @throws IllegalArgumentException if it is no valid expression; the message says why
     */
    static ByteExpression parse(String expression, boolean ignoreCase) {
        ByteNodeParser parser = new ByteNodeParser(expression, ignoreCase);
        ByteNode tree = parser.choice();
        if (!parser.text.isAtEnd()) {
            throw parser.text.invalid("missing opening (");
        }
        return new ByteExpression(tree, Map.copyOf(parser.groups));
    }

    private ByteNode choice() {
        List<ByteNode> parts = new ArrayList<>();
        parts.add(sequence());
        while (text.takeIf("|")) {
            parts.add(sequence());
        }
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        ByteSet all = ByteSet.NONE;
        for (ByteNode part : parts) {
            if (!(part instanceof ByteNode.One one)) {
                return new ByteNode.Choice(parts);
            }
            all = all.or(one.set());
        }
        return new ByteNode.One(all);
    }

    private ByteNode sequence() {
        List<ByteNode> parts = new ArrayList<>();
        while (!text.isAtEnd() && !text.isAt("|") && !text.isAt(")")) {
            if (text.takeIf("\\Q")) {
                quotation(parts);
            } else if (!quantifier(parts)) {
                atom(parts);
            }
        }
        List<ByteNode> flat = new ArrayList<>(parts.size());
        for (ByteNode part : parts) {
            if (part instanceof ByteNode.Sequence(var inner)) {
                flat.addAll(inner);
            } else {
                flat.add(part);
            }
        }
        return flat.size() == 1 ? flat.getFirst() : new ByteNode.Sequence(flat);
    }

    private void quotation(List<ByteNode> parts) {
        String quoted = text.takeUntil("\\E");
        (quoted == null ? text.takeRest() : quoted).codePoints().forEach(c -> parts.add(characters.one(c, ignoreCase)));
    }

    private void atom(List<ByteNode> parts) {
        int c = text.peek();
        switch (c) {
            case '(' -> group(parts);
            case '[' -> parts.add(characters.bracketClass(ignoreCase));
            case '\\' -> parts.add(escape());
            default -> {
                text.take();
                parts.add(
                        switch (c) {
                            case '.' ->
                                new ByteNode.One(
                                        dotIsAnyByte
                                                ? ByteSet.ALL
                                                : ByteSet.of('\n').not());
                            case '^' -> linesHaveEnds ? ByteNode.Assertion.LINE_START : ByteNode.Assertion.START;
                            case '$' -> linesHaveEnds ? ByteNode.Assertion.LINE_END : ByteNode.Assertion.END;
                            default -> characters.one(c, ignoreCase);
                        });
            }
        }
    }

    private ByteNode escape() {
        if (text.takeIf("\\b{start-half}")) {
            return ByteNode.Assertion.NO_WORD_BEFORE;
        }
        if (text.takeIf("\\b{end-half}")) {
            return ByteNode.Assertion.NO_WORD_AFTER;
        }
        if (text.takeIf("\\b")) {
            return ByteNode.Assertion.WORD_BOUNDARY;
        }
        if (text.takeIf("\\B")) {
            return ByteNode.Assertion.NO_WORD_BOUNDARY;
        }
        if (text.takeIf("\\A")) {
            return ByteNode.Assertion.START;
        }
        return text.takeIf("\\z") ? ByteNode.Assertion.END : characters.escape(ignoreCase);
    }

    private void group(List<ByteNode> parts) {
        boolean[] outer = {ignoreCase, dotIsAnyByte, linesHaveEnds, lazyIsUsual};
        int from = text.index();
        text.take();
        int number = 0;
        if (text.isAt("?P<") || text.isAt("?<")) {
            number = ++groupCount;
            name(number, from);
        } else if (text.takeIf("?")) {
            if (flags(from)) {
                // They hold for the rest of the group that they stand in.
                return;
            }
        } else {
            number = ++groupCount;
        }
        if (++depth > DEEPEST) {
            throw text.invalid("groups are nested more than " + DEEPEST + " deep");
        }
        ByteNode inner = choice();
        depth--;
        if (!text.takeIf(")")) {
            throw text.invalid("missing closing )");
        }
        ignoreCase = outer[0];
        dotIsAnyByte = outer[1];
        linesHaveEnds = outer[2];
        lazyIsUsual = outer[3];
        parts.add(number == 0 ? inner : new ByteNode.Group(inner, number));
    }

    private void name(int number, int from) {
        if (!text.takeIf("?P<")) {
            text.takeIf("?<");
        }
        String name = text.takeUntil(">");
        if (name == null) {
            text.goTo(from);
            throw noPerl(from);
        }
        boolean isValid =
                !name.isEmpty() && name.chars().allMatch(c -> c <= CodePoints.LAST_ASCII && ByteNode.WORD.contains(c));
        if (!isValid) {
            throw name.startsWith("=") || name.startsWith("!")
                    ? noPerl(from)
                    : text.invalid("invalid named capture: `(?P<" + name + ">`");
        }
        if (groups.putIfAbsent(name, number) != null) {
            throw text.invalid("duplicate capture group name: `" + name + "`");
        }
    }

    private IllegalArgumentException noPerl(int from) {
        while (!text.isAtEnd() && text.index() < from + 3) {
            text.take();
        }
        return text.invalid("invalid or unsupported Perl syntax: `" + text.takenFrom(from)
                + "`; there is no look-around, nor a back-reference");
    }

    /** Reads flags after the question mark. True if they stand alone, as in {@code (?i)}. */
    private boolean flags(int from) {
        boolean on = true;
        boolean needsOne = false;
        while (!text.isAtEnd()) {
            int c = text.take();
            switch (c) {
                case 'i' -> ignoreCase = on;
                case 's' -> dotIsAnyByte = on;
                case 'm' -> linesHaveEnds = on;
                case 'U' -> lazyIsUsual = on;
                case '-' -> {
                    if (!on) {
                        throw noPerl(from);
                    }
                    on = false;
                }
                case ':', ')' -> {
                    if (needsOne) {
                        throw noPerl(from);
                    }
                    return c == ')';
                }
                default -> throw noPerl(from);
            }
            needsOne = c == '-';
        }
        throw noPerl(from);
    }

    /** Takes a quantifier, if there is one, for the last part. */
    private boolean quantifier(List<ByteNode> parts) {
        int from = text.index();
        int min = 0;
        int max = ByteNode.UNBOUNDED;
        if (text.takeIf("+")) {
            min = 1;
        } else if (text.takeIf("?")) {
            max = 1;
        } else if (text.isAt("{")) {
            int[] bounds = bounds();
            if (bounds == null) {
                text.goTo(from);
                return false;
            }
            min = bounds[0];
            max = bounds[1];
        } else if (!text.takeIf("*")) {
            return false;
        }
        boolean lazy = text.takeIf("?") != lazyIsUsual;
        if (parts.isEmpty()) {
            throw text.invalid("missing argument to repetition operator: `" + text.takenFrom(from) + "`");
        }
        parts.add(new ByteNode.Repeat(parts.removeLast(), min, max, lazy));
        int second = text.index();
        if (text.isAt("*") || text.isAt("+") || text.isAt("?") || text.isAt("{") && bounds() != null) {
            int end = Math.max(text.index(), second + 1);
            text.goTo(end);
            throw text.invalid("invalid nested repetition operator: `" + text.takenFrom(from) + "`");
        }
        text.goTo(second);
        return true;
    }

    /** Reads <code>{n}</code>, <code>{n,}</code> or <code>{n,m}</code>; null if it is none of them. */
    private int[] bounds() {
        int from = text.index();
        text.take();
        int min = number();
        int max = min;
        if (min >= 0 && text.takeIf(",")) {
            max = text.isAt("}") ? ByteNode.UNBOUNDED : number();
        }
        if (min < 0 || max < 0 || !text.takeIf("}")) {
            return null;
        }
        if (min > MOST_REPEATS || max != ByteNode.UNBOUNDED && (max > MOST_REPEATS || max < min)) {
            throw text.invalid("invalid repeat count: `" + text.takenFrom(from) + "`");
        }
        return new int[] {min, max};
    }

    /** Reads a number without leading zeros; -1 if there is none. */
    private int number() {
        int value = 0;
        int digits = 0;
        boolean zero = text.isAt("0");
        while (text.peekOrZero() >= '0' && text.peekOrZero() <= '9') {
            int digit = text.take() - '0';
            value = digits < MOST_DIGITS ? 10 * value + digit : value;
            digits++;
        }
        return digits == 0 || zero && digits > 1 ? -1 : value;
    }
}
