package io.pickaroon.app.inspect;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.file.FileIdentity;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A log file as a checkpoint knows it, beside what is found under its path now.
 *
 * @param sizeNowBytes size of what is there now; 0 if nothing is
 */
public record TrackedFile(FileIdentity identity, CheckpointEntry entry, State state, long sizeNowBytes) {
    /** What has become of the file since the checkpoint was written. */
    public enum State {
        SAME,
        GROWN,
        /** Shorter than it was; also shorter than the place in it, perhaps. */
        TRUNCATED,
        /** Another file has its name. */
        REPLACED,
        /** Nothing has its name. */
        MISSING,
        /** It cannot be looked at. */
        UNREADABLE;

        /** In lower case, for people and JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Looks at what is there now. */
    static TrackedFile of(FileIdentity identity, CheckpointEntry entry) {
        try {
            FileStatus status = FileStatus.of(entry.path());
            return new TrackedFile(identity, entry, state(identity, entry, status), status.sizeBytes());
        } catch (NoSuchFileException _) {
            return new TrackedFile(identity, entry, State.MISSING, 0);
        } catch (IOException _) {
            return new TrackedFile(identity, entry, State.UNREADABLE, 0);
        }
    }

    private static State state(FileIdentity identity, CheckpointEntry entry, FileStatus status) {
        if (!identity.isSameInode(FileIdentity.of(status))) {
            return State.REPLACED;
        }
        int growth = Long.compare(status.sizeBytes(), entry.sizeBytes());
        return growth == 0 ? State.SAME : growth > 0 ? State.GROWN : State.TRUNCATED;
    }

    public Path path() {
        return entry.path();
    }

    /** Where a run that finds the file under this path would begin. */
    public long resumeOffset() {
        return isStillThere() && sizeNowBytes >= entry.position().offset()
                ? entry.position().offset()
                : 0;
    }

    /** Bytes that a run would read from there. */
    public long bytesLeft() {
        return sizeNowBytes - resumeOffset();
    }

    /** What a run would do with the file, in words. */
    public String afterRestart() {
        long offset = entry.position().offset();
        return switch (state) {
            case SAME, GROWN -> goesOn(offset);
            case TRUNCATED ->
                sizeNowBytes >= offset
                        ? goesOn(offset)
                        : "was cut to %d bytes, below offset %d: read again from its start"
                                .formatted(sizeNowBytes, offset);
            case REPLACED ->
                "another file has this name: read from its start; the old one (%s) is only read on if an input finds it under a new name, %s"
                        .formatted(identity, unread(offset));
            case MISSING -> "is gone: nothing to read unless an input finds it under a new name, " + unread(offset);
            case UNREADABLE -> "cannot be read, and would be skipped until it can";
        };
    }

    private boolean isStillThere() {
        return state == State.SAME || state == State.GROWN || state == State.TRUNCATED;
    }

    private String goesOn(long offset) {
        return bytesLeft() == 0
                ? "has been dealt with to its end, offset " + offset
                : "goes on at offset %d, %d bytes to read".formatted(offset, bytesLeft());
    }

    private String unread(long offset) {
        return "%d bytes of it were not read yet".formatted(entry.sizeBytes() - offset);
    }
}
