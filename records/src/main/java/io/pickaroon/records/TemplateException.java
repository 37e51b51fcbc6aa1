package io.pickaroon.records;

import java.util.Optional;

/** A template that cannot be read. The message says what is wrong and what was expected, in one line, without the place. */
public final class TemplateException extends Exception {
    private static final long serialVersionUID = 1;

    private final int column;
    private final transient Optional<String> suggestion;

    TemplateException(int column, String message, Optional<String> suggestion) {
        super(message);
        this.column = column;
        this.suggestion = suggestion;
    }

    /** Where in the text of the template: from 1, in Unicode code points. */
    public int column() {
        return column;
    }

    /** The name that was probably meant, as a template writes it, without braces. */
    public Optional<String> suggestion() {
        return suggestion;
    }
}
