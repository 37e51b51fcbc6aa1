package io.pickaroon.processor.track;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.input.InputScanners;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A log file that a {@link FileTracker} finds again under any name that it gets. Scans call the methods that change
 * something, one scan at a time.
 *
 * @param <T> this type itself
 */
public interface TrackedFile<T extends TrackedFile<T>> {
    /** Makes what is known of a file that is new. */
    interface Factory<T> {
        /**
         * Makes it.
         *
         * @param input the input that has it
         * @param home the name under which it is known
         * @param sighting where it was found, which may be another name
         */
        T make(InputScanners input, Path home, FileSighting sighting);
    }

    /** In generation 0. */
    default FileIdentity inode() {
        return place().inode();
    }

    /** In the generation that is known. */
    FileIdentity identity();

    FileLocation place();

    /**
     * It was found, here.
     *
     * @param homeLeadsElsewhere whether its first name leads to another file now, or to none
     * @param isNew whether this scan is the first one that knows the file
     * @return whether it may have something to do
     */
    boolean foundAt(FileSighting sighting, boolean homeLeadsElsewhere, boolean isNew, SinkPositions destination);

    /** It was not found under any name. */
    void markMissing();

    /** It has taken the name of another file. Nothing follows from that where files are read in the order in which they are found. */
    default void comesAfter(T earlier) {}

    /** The file whose records must arrive before this one's, if it has to wait for that. */
    default Optional<T> undeliveredPredecessor() {
        return Optional.empty();
    }

    /** The size of its content, as far as it is known; 0 if what is left of it is counted as lost. */
    default long knownBytes(CheckpointEntry entry) {
        return entry.content().sizeBytes();
    }

    /** Whether nothing of it will ever be read again, or counted; never in a run that scans once. */
    default boolean isForgettable() {
        return false;
    }
}
