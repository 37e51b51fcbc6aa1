package io.pickaroon.config.settings;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A set of log files that are read in the same way.
 *
 * @param id unique among the inputs
 * @param start where files are begun that are there at the first start of all; later ones are read from their beginning
 * @param windowBytes how much of a file is scanned, delivered and checkpointed as one, 4 KiB to 1 GiB
 */
public record InputSettings(
        String id, FileSettings files, Start start, int windowBytes, RecordSettings records, OriginSettings origin) {
    public InputSettings {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(records, "records");
        Objects.requireNonNull(origin, "origin");
    }

    /** An input of whose records nothing is known but their bytes. */
    public InputSettings(String id, FileSettings files, Start start, int windowBytes, RecordSettings records) {
        this(id, files, start, windowBytes, records, OriginSettings.NONE);
    }

    /** How fast its files are read, all together, in bytes per second; empty: without a limit. */
    public Optional<Long> maxRate() {
        return files.maxRate();
    }

    /** Where a file that is there at the first start of all is begun. */
    public sealed interface Start {
        Start BEGINNING = Place.BEGINNING;
        Start END = Place.END;

        /** One of its ends. */
        enum Place implements Start {
            BEGINNING,
            END
        }

        /** At its first record of a time or later. */
        record At(Instant time) implements Start {}
    }
}
