package io.pickaroon.connect.read;

import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.util.Optional;

/** Reads one split of an open file, window by window. Used by one thread at a time. Does not commit, and does not close the file. */
public interface WindowReader {
    /** The split, in the generation that is read. */
    Split split();

    /** The file as it was given. That of a window is another one, which gives matches the ids of the file's key. */
    LogFile file();

    /** Every record of the split that starts before it was returned. */
    Position reached();

    /**
     * True if nothing of the split can follow: it is read to its end, or, where files do not grow, to the end of the file.
     *
     * @throws IOException if the file cannot be read
     */
    boolean isAtEnd() throws IOException;

    /** True if a record is held back for a few seconds, because more of it may follow, or records that it takes along. */
    default boolean isHolding() {
        return false;
    }

    /** Bytes of the split that were seen in this generation for certain, and not returned yet. */
    default long unreadBytes() {
        return 0;
    }

    /** Nothing more is written to the file: what is held back may be returned. */
    default void endWithFile() {}

    /** What to commit together with everything that was returned so far. */
    SplitOffset offset();

    /**
     * Scans the next window, or a part of it where matches are dense.
     *
     * @param mostBytes the window has no more, at least 1
     * @return empty if nothing is complete for now, or at the end of the split; then {@link #reached} may have moved, too: past
     *     what belongs to no record
     * @throws io.pickaroon.processor.file.FileTruncatedException if the file is not, or no longer, the generation of the split:
     *     decide anew
     * @throws IOException if the file cannot be read
     */
    Optional<ScannedWindow> next(long mostBytes) throws IOException;
}
