package io.pickaroon.connect.split;

import io.pickaroon.processor.file.FileIdentity;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a file itself when an offset of it is committed. Immutable.
 *
 * @param born when it was made, to the millisecond; empty where the host could not tell
 * @param archiveEnd where it ends, if it is an archive that was read to its end
 */
public record FileMark(Optional<Instant> born, Optional<ArchiveEnd> archiveEnd) {
    /** Nothing is known. */
    public static final FileMark UNKNOWN = new FileMark(Optional.empty(), Optional.empty());

    public FileMark {
        born = born.map(time -> Instant.ofEpochMilli(time.toEpochMilli()));
        Objects.requireNonNull(archiveEnd, "archiveEnd");
    }

    /** Of a file that is read as it is, or not to its end. */
    public static FileMark of(FileIdentity identity) {
        long nanos = identity.birthTimeNanos();
        return new FileMark(
                nanos == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Math.floorDiv(nanos, 1_000_000L))),
                Optional.empty());
    }

    /** The same, of an archive that was read to its end. */
    public FileMark endingAt(ArchiveEnd end) {
        return new FileMark(born, Optional.of(end));
    }
}
