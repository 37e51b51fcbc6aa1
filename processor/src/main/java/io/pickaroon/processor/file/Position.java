package io.pickaroon.processor.file;

import java.util.Objects;

/**
 * A place in a log file: every record that starts before it is done.
 *
 * @param offset byte offset in the file, at least 0
 * @param startsRecord true if a record starts exactly here, regardless of the bytes before; false if the bytes before
 *     {@code offset} decide: they end a record, or {@code offset} lies inside a record that is done
 * @param streams which lines behind it belong to records that are done, in a container log
 */
public record Position(long offset, boolean startsRecord, StreamPlaces streams) {
    /** Where every file begins. */
    public static final Position START = new Position(0, true);

    public Position {
        Objects.requireNonNull(streams, "streams");
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is negative");
        }
        streams = streams.behind(offset);
    }

    /** A place behind which no line belongs to a record that is done. */
    public Position(long offset, boolean startsRecord) {
        this(offset, startsRecord, StreamPlaces.NONE);
    }

    /** Offset up to which lines of records that are done may reach; at least its own. */
    public long lastDone() {
        return Math.max(offset, streams.lastDone());
    }
}
