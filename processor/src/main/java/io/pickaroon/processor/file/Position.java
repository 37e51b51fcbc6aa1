package io.pickaroon.processor.file;

/**
 * A place in a log file: every record that starts before it is done.
 *
 * @param offset byte offset in the file, at least 0
 * @param startsRecord true if a record starts exactly here, regardless of the bytes before; false if the bytes before
 *     {@code offset} decide: they end a record, or {@code offset} lies inside a record that is done
 */
public record Position(long offset, boolean startsRecord) {
    /** Where every file begins. */
    public static final Position START = new Position(0, true);

    public Position {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is negative");
        }
    }
}
