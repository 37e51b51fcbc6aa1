package io.pickaroon.config.glob;

import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.PatternSyntaxException;

/**
 * Reads <code>[a-z]</code>, <code>[!a]</code> and <code>[^a]</code> of a glob, with the named sets of POSIX in them
 * (<code>[[:digit:]]</code>, ASCII only). A {@code ]} that comes first is a member, and so is a {@code -} at either end.
 */
final class Brackets {
    private static final Map<String, IntPredicate> NAMED = Map.ofEntries(
            Map.entry("alpha", Brackets::isLetter),
            Map.entry("digit", Brackets::isDigit),
            Map.entry("alnum", c -> isLetter(c) || isDigit(c)),
            Map.entry("lower", c -> c >= 'a' && c <= 'z'),
            Map.entry("upper", c -> c >= 'A' && c <= 'Z'),
            Map.entry("xdigit", c -> isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'),
            Map.entry("space", c -> c == ' ' || c >= '\t' && c <= '\r'),
            Map.entry("blank", c -> c == ' ' || c == '\t'),
            Map.entry("cntrl", c -> c < ' ' || c == 0x7f),
            Map.entry("print", c -> c >= ' ' && c <= '~'),
            Map.entry("graph", c -> c > ' ' && c <= '~'),
            Map.entry("punct", c -> c > ' ' && c <= '~' && !isLetter(c) && !isDigit(c)));

    private final String glob;
    private final int start;
    private int at;

    private Brackets(String glob, int start) {
        this.glob = glob;
        this.start = start;
    }

    /** Where the bracket expression that begins at {@code start} ends. */
    static int end(String glob, int start) {
        Brackets brackets = new Brackets(glob, start);
        brackets.read();
        return brackets.at;
    }

    /** The characters that the bracket expression at {@code start} takes, never a slash. */
    static IntPredicate members(String glob, int start) {
        return new Brackets(glob, start).read();
    }

    private IntPredicate read() {
        at = start + 1;
        boolean isNegated = at < glob.length() && (glob.charAt(at) == '!' || glob.charAt(at) == '^');
        if (isNegated) {
            at++;
        }
        int first = at;
        IntPredicate members = _ -> false;
        while (at == first || peek() != ']') {
            members = members.or(item());
        }
        at++;
        IntPredicate all = isNegated ? members.negate() : members;
        return c -> c != '/' && all.test(c);
    }

    private IntPredicate item() {
        if (glob.startsWith("[:", at)) {
            return named();
        }
        if (glob.startsWith("[=", at) || glob.startsWith("[.", at)) {
            throw refused(
                    "'" + glob.substring(at, at + 2) + "' has no meaning here; write \\[ for the character itself");
        }
        int from = character();
        if (peek() != '-' || at + 1 >= glob.length() || glob.charAt(at + 1) == ']') {
            return c -> c == from;
        }
        at++;
        int to = character();
        if (from > to) {
            throw refused("a range in '[..]' ends before it begins");
        }
        return c -> c >= from && c <= to;
    }

    private IntPredicate named() {
        int end = glob.indexOf(":]", at);
        String name = end < 0 ? "" : glob.substring(at + 2, end);
        IntPredicate members = NAMED.get(name);
        if (members == null) {
            throw refused("'[:' begins the name of a set, such as [:alpha:] or [:digit:]; write \\[ for the character"
                    + " itself");
        }
        at = end + 2;
        return members;
    }

    private int character() {
        int c = peek();
        at += Character.charCount(c);
        if (c == '\\') {
            c = peek();
            at += Character.charCount(c);
        }
        if (c == '/') {
            throw refused("'[..]' cannot have a '/', which no name has");
        }
        return c;
    }

    private int peek() {
        if (at >= glob.length()) {
            throw refused("'[' is not closed; write \\[ for the character itself");
        }
        return glob.codePointAt(at);
    }

    private PatternSyntaxException refused(String description) {
        return new PatternSyntaxException(description, glob, start);
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
