package io.pickaroon.processor.scan;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A regular expression over bytes, in RE2 syntax, found in time linear to the input (RE2/J).
 *
 * <p>RE2/J reads characters, so each byte is shown to it as the character of the same number, and text outside ASCII in
 * the expression stands for its UTF-8 bytes. Hence {@code .} and {@code [^x]} match one byte, and what needs whole
 * characters ({@code \p{..}}, characters outside ASCII in a class) is refused. No input is invalid. Not thread-safe.
 */
final class ByteRegex {
    private final Matcher matcher;
    private final ByteChars chars = new ByteChars();
    private final Map<String, Integer> groups;

    private ByteRegex(Pattern pattern) {
        this.matcher = pattern.matcher("");
        this.groups = pattern.namedGroups();
    }

    /**
     * Compiles an expression.
     *
     * @throws IllegalArgumentException if it is no valid expression; the message says why
     */
    static ByteRegex compile(String expression, boolean ignoreCase) {
        try {
            String overBytes = ByteExpression.of(expression);
            return new ByteRegex(Pattern.compile(overBytes, ignoreCase ? Pattern.CASE_INSENSITIVE : 0));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + expression + "' is no regular expression in RE2 syntax: " + e.getDescription()
                            + (e.getDescription().contains("Perl")
                                    ? "; there is no look-around, nor a back-reference"
                                    : ""),
                    e);
        }
    }

    /** Finds the first match in the range; {@link #start} and {@link #end} then tell where. */
    boolean find(byte[] bytes, int from, int to) {
        chars.set(bytes, from, to);
        matcher.reset(chars);
        return matcher.find();
    }

    /** Finds the next match after the last one, in the same range. */
    boolean findNext() {
        return matcher.find();
    }

    /** Names of the groups, with their numbers. */
    Map<String, Integer> groups() {
        return groups;
    }

    /** Index in the array of the first byte of a group of the match, -1 if it took no part; group 0 is the match. */
    int start(int group) {
        int start = matcher.start(group);
        return start < 0 ? -1 : chars.from + start;
    }

    /** Exclusive end of a group of the match, -1 if it took no part. */
    int end(int group) {
        int end = matcher.end(group);
        return end < 0 ? -1 : chars.from + end;
    }

    private static final class ByteChars implements CharSequence {
        private byte[] bytes = {};
        private int from;
        private int to;

        void set(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.from = from;
            this.to = to;
        }

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int index) {
            return (char) (bytes[from + index] & 0xff);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new String(bytes, from + start, end - start, StandardCharsets.ISO_8859_1);
        }

        @Override
        public String toString() {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }
}
