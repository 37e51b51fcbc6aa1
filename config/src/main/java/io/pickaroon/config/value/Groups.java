package io.pickaroon.config.value;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The named groups of a regular expression in RE2 syntax. What is no such expression has some groups, too: the engine says
 * what is wrong with it.
 *
 * @param names in the order of the expression
 * @param certain those that hold at least one character in every match
 * @param count how many groups there are, with those without a name
 */
public record Groups(List<String> names, Set<String> certain, int count) {
    /** The opening of a named group; the backslashes before it say whether it is one. */
    private static final Pattern NAMED_GROUP = Pattern.compile("(\\\\*)\\(\\?P?<([A-Za-z_][A-Za-z0-9_]*)>");

    public Groups {
        names = List.copyOf(names);
        certain = Set.copyOf(certain);
    }

    public static Groups of(String expression) {
        Reader reader = new Reader(expression);
        Part whole = reader.alternatives(0);
        if (reader.isRead()) {
            return new Groups(reader.names, whole.certain, reader.count);
        }
        List<String> names = openings(expression);
        return new Groups(names, Set.of(), names.size());
    }

    private static List<String> openings(String expression) {
        List<String> names = new ArrayList<>();
        Matcher opening = NAMED_GROUP.matcher(expression);
        while (opening.find()) {
            if (opening.group(1).length() % 2 == 0) {
                names.add(opening.group(2));
            }
        }
        return names;
    }

    /**
     * A part of an expression.
     *
     * @param isFilled whether it takes at least one character
     * @param certain groups that do so whenever the part matches
     */
    private record Part(boolean isFilled, Set<String> certain) {
        static final Part NOTHING = new Part(false, Set.of());
        static final Part CHARACTER = new Part(true, Set.of());
    }

    private static final class Reader {
        private static final int MOST_NESTED = 200;
        private static final Pattern OPENING =
                Pattern.compile("\\((?:\\?P?<([A-Za-z_][A-Za-z0-9_]*)>|\\?[a-zA-Z-]*([:)])|(?!\\?))");
        private static final Pattern REPETITION = Pattern.compile("(?:([*?])|\\+|\\{([0-9]+)(?:,[0-9]*)?\\})\\??");
        private static final Pattern ESCAPE =
                Pattern.compile("\\\\(?:Q.*?(?:\\\\E|$)|([AbBzZ])|[xpP]\\{[^}]*\\}|.)", Pattern.DOTALL);

        private final String text;
        private final List<String> names = new ArrayList<>();
        private int at;
        private int count;
        private boolean failed;

        Reader(String text) {
            this.text = text;
        }

        boolean isRead() {
            return !failed && at == text.length();
        }

        Part alternatives(int depth) {
            Part all = sequence(depth);
            while (is('|')) {
                at++;
                all = new Part(sequence(depth).isFilled && all.isFilled, Set.of());
            }
            return all;
        }

        private Part sequence(int depth) {
            boolean isFilled = false;
            Set<String> certain = new LinkedHashSet<>();
            while (at < text.length() && !is('|') && !is(')')) {
                Part part = repeated(depth);
                isFilled |= part.isFilled;
                certain.addAll(part.certain);
            }
            return new Part(isFilled, certain);
        }

        private Part repeated(int depth) {
            Part part = single(depth);
            Matcher repetition = REPETITION.matcher(text);
            while (repetition.region(at, text.length()).lookingAt()) {
                at = repetition.end();
                boolean mayBeNone = repetition.group(1) != null
                        || repetition.group(2) != null
                                && repetition.group(2).chars().allMatch(c -> c == '0');
                part = mayBeNone ? Part.NOTHING : part;
            }
            return part;
        }

        private Part single(int depth) {
            return switch (text.charAt(at)) {
                case '(' -> group(depth);
                case '[' -> set();
                case '\\' -> escape();
                case '^', '$' -> {
                    at++;
                    yield Part.NOTHING;
                }
                default -> {
                    at++;
                    yield Part.CHARACTER;
                }
            };
        }

        private Part group(int depth) {
            Matcher opening = OPENING.matcher(text).region(at, text.length());
            if (depth == MOST_NESTED || !opening.lookingAt()) {
                fail();
                return Part.NOTHING;
            }
            at = opening.end();
            if (")".equals(opening.group(2))) {
                return Part.NOTHING;
            }
            String name = opening.group(1);
            count += name != null || opening.group().equals("(") ? 1 : 0;
            if (name != null) {
                names.add(name);
            }
            Part inside = alternatives(depth + 1);
            if (!is(')')) {
                fail();
                return Part.NOTHING;
            }
            at++;
            if (name == null || !inside.isFilled) {
                return inside;
            }
            Set<String> certain = new HashSet<>(inside.certain);
            certain.add(name);
            return new Part(true, certain);
        }

        /** What stands between {@code \Q} and {@code \E} is not looked at. */
        private Part escape() {
            Matcher escape = ESCAPE.matcher(text).region(at, text.length());
            if (!escape.lookingAt()) {
                fail();
                return Part.NOTHING;
            }
            boolean isQuotation = text.startsWith("\\Q", at);
            at = escape.end();
            return isQuotation || escape.group(1) != null ? Part.NOTHING : Part.CHARACTER;
        }

        /** A set of characters in brackets; one that comes first is a member, whatever it is. */
        private Part set() {
            at += text.startsWith("^", at + 1) ? 2 : 1;
            int first = at;
            while (at < text.length() && (at == first || !is(']'))) {
                int posix = text.startsWith("[:", at) ? text.indexOf(":]", at) : -1;
                at = posix >= 0 ? posix + 2 : at + (is('\\') ? 2 : 1);
            }
            if (!is(']')) {
                fail();
                return Part.NOTHING;
            }
            at++;
            return Part.CHARACTER;
        }

        private boolean is(char c) {
            return at < text.length() && text.charAt(at) == c;
        }

        private void fail() {
            failed = true;
            at = text.length();
        }
    }
}
