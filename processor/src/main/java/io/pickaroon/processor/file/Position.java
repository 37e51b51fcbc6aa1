package io.pickaroon.processor.file;

/**
 * A place in a log file such that every record that starts before it has been dealt with.
 *
 * @param offset byte offset in the file, at least 0
 * @param startsRecord true if a record starts exactly here, whatever stands before; false if that must be read off the
 *     bytes before {@code offset}: they end a record, or {@code offset} lies inside a record that has been dealt with
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
