package io.pickaroon.config.problem;

import java.util.Optional;

/** A text that is not what its key expects. The message says what was expected, and what was found instead. */
public final class Mismatch extends Exception {
    private final transient Optional<String> suggestion;

    public Mismatch(String message) {
        this(message, Optional.empty());
    }

    public Mismatch(String message, Optional<String> suggestion) {
        super(message);
        this.suggestion = suggestion;
    }

    public Optional<String> suggestion() {
        return suggestion;
    }

    /** The text in quotes, shortened so that a message stays one line. */
    public static String quoted(String text) {
        int shown = 60;
        return text.codePointCount(0, text.length()) <= shown
                ? "'" + text + "'"
                : "'" + text.substring(0, text.offsetByCodePoints(0, shown)) + "...'";
    }
}
