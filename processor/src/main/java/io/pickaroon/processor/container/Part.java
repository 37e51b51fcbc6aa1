package io.pickaroon.processor.container;

/** Whether a record of a container log is all that was to be one. */
public enum Part {
    WHOLE(""),
    /** What follows it was too long or too far away to be a part of it, or did not come. */
    HEAD("head"),
    /** It goes on with a record that was cut. */
    TAIL("tail");

    private final String text;

    Part(String text) {
        this.text = text;
    }

    /** The value of the field {@code partial}; empty for a record that has no such field. */
    public String text() {
        return text;
    }
}
