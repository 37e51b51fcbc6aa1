package io.pickaroon.config.gitleaks;

import io.pickaroon.config.problem.Place;
import java.util.Optional;

/**
 * Looks how deeply a text in TOML is nested before it is parsed: the parser needs more of the stack with each level. Passes over
 * texts and comments. Takes one walk over the text, and says nothing of what else is wrong with it.
 */
final class TomlNesting {
    static final int MOST_LEVELS = 40;

    private final String text;
    private int index;
    private int line = 1;
    private int lineStart;

    private TomlNesting(String text) {
        this.text = text;
    }

    /** Where it is nested deeper than {@link #MOST_LEVELS}: in lists, tables, or names with dots; empty if nowhere. */
    static Optional<Place> tooDeep(String text) {
        return new TomlNesting(text).find();
    }

    private Optional<Place> find() {
        int depth = 0;
        int dots = 0;
        while (index < text.length()) {
            char c = text.charAt(index);
            switch (c) {
                case '#' -> skipTo("\n", false);
                case '"', '\'' -> skipText(c);
                case '[', '{' -> depth++;
                case ']', '}' -> depth = Math.max(0, depth - 1);
                case '.' -> dots++;
                default -> {}
            }
            if (c == '\n' || c == '=' || c == ',' || c == '[' || c == '{') {
                dots = 0;
            }
            if (depth > MOST_LEVELS || dots >= MOST_LEVELS) {
                return Optional.of(new Place(line, text.codePointCount(lineStart, index) + 1));
            }
            if (c != '#') {
                step();
            }
        }
        return Optional.empty();
    }

    /** Goes to the last character of a text; one of a single line ends with its line at the latest. */
    private void skipText(char quote) {
        String several = String.valueOf(quote).repeat(3);
        boolean ofSeveralLines = text.startsWith(several, index);
        String end = ofSeveralLines ? several : String.valueOf(quote);
        index += end.length();
        skipTo(end, quote == '"');
        index = Math.min(index + end.length(), text.length()) - 1;
    }

    /** Goes to the next such text, or to the end of the line if that is on one line. */
    private void skipTo(String end, boolean escapes) {
        boolean onOneLine = end.length() == 1;
        while (index < text.length() && !text.startsWith(end, index) && !(onOneLine && text.charAt(index) == '\n')) {
            if (escapes && text.charAt(index) == '\\') {
                step();
            }
            step();
        }
    }

    private void step() {
        if (index < text.length() && text.charAt(index) == '\n') {
            line++;
            lineStart = index + 1;
        }
        index++;
    }
}
