package io.pickaroon.processor.regex;

/** The text of a regular expression, with the place up to which it is read, and what is wrong with it. */
final class ExpressionText {
    private static final int MOST_SHOWN = 200;

    private final String text;
    private int index;

    ExpressionText(String text) {
        this.text = text;
    }

    boolean isAtEnd() {
        return index >= text.length();
    }

    boolean isAt(String expected) {
        return text.startsWith(expected, index);
    }

    /** The character to be read next, which exists. */
    int peek() {
        return text.codePointAt(index);
    }

    /** The character to be read next, or 0 at the end. */
    int peekOrZero() {
        return isAtEnd() ? 0 : peek();
    }

    int take() {
        int c = peek();
        index += Character.charCount(c);
        return c;
    }

    boolean takeIf(String expected) {
        boolean there = isAt(expected);
        index += there ? expected.length() : 0;
        return there;
    }

    /** Takes what stands before the next occurrence of {@code end}, and that too; null, and nothing is taken, if there is none. */
    String takeUntil(String end) {
        int close = text.indexOf(end, index);
        if (close < 0) {
            return null;
        }
        String before = text.substring(index, close);
        index = close + end.length();
        return before;
    }

    String takeRest() {
        String rest = text.substring(index);
        index = text.length();
        return rest;
    }

    /** What was read from an index on. */
    String takenFrom(int from) {
        return text.substring(from, index);
    }

    int index() {
        return index;
    }

    void goTo(int newIndex) {
        index = newIndex;
    }

    IllegalArgumentException invalid(String why) {
        return new IllegalArgumentException(
                "'" + shown(text) + "' is no regular expression in RE2 syntax: " + shown(why));
    }

    /** For what RE2 allows and bytes do not. */
    IllegalArgumentException refused(String what, int from) {
        return new IllegalArgumentException("'%s' has %s at position %d".formatted(shown(text), what, from + 1));
    }

    /** What a message shows of a text: all of it, or its beginning. */
    static String shown(String text) {
        return text.codePointCount(0, text.length()) <= MOST_SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_SHOWN)) + "...";
    }
}
