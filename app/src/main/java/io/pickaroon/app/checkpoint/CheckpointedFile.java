package io.pickaroon.app.checkpoint;

import io.pickaroon.inputs.decode.DecodedFormats;
import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.decode.FollowedText;
import io.pickaroon.processor.decode.Utf16View;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * A log file as a checkpoint knows it, beside what is found under its path now.
 *
 * @param sizeNowBytes size of what is there now, 0 if nothing is; of text in UTF-16 that of what it is decoded to, of an
 *     archive the bytes that were decoded
 */
public record CheckpointedFile(FileIdentity identity, CheckpointEntry entry, State state, long sizeNowBytes) {
    /** What has become of the file since the checkpoint was written. */
    public enum State {
        SAME,
        GROWN,
        /** Shorter than it was; also shorter than the place in it, perhaps. */
        TRUNCATED,
        /** It has another name in the same directory now. */
        ROTATED,
        /** Another file has its name, and it is nowhere beside it. */
        REPLACED,
        /** Nothing has its name. */
        MISSING,
        /** Its status cannot be read. */
        UNREADABLE;

        /** In lower case, for people and JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Looks at what is there now. */
    public static CheckpointedFile of(FileIdentity identity, CheckpointEntry entry) {
        try {
            Optional<FileSighting> there = FileSighting.at(entry.path()).map(CheckpointedFile::withSizeOfContent);
            if (there.isPresent() && there.get().identity().isSameInode(identity)) {
                return DecodedFormats.isNameOfArchive(entry.path().toString())
                        ? new CheckpointedFile(
                                identity, entry, State.SAME, entry.content().sizeBytes())
                        : new CheckpointedFile(
                                identity,
                                entry,
                                state(entry, there.get()),
                                there.get().sizeBytes());
            }
            Optional<FileSighting> beside = FileSighting.in(entry.path().getParent()).stream()
                    .filter(sighting -> sighting.identity().isSameInode(identity))
                    .findFirst();
            if (beside.isPresent()) {
                return new CheckpointedFile(
                        identity,
                        entry,
                        State.ROTATED,
                        withSizeOfContent(beside.get()).sizeBytes());
            }
            return there.isPresent()
                    ? new CheckpointedFile(
                            identity, entry, State.REPLACED, there.get().sizeBytes())
                    : new CheckpointedFile(identity, entry, State.MISSING, 0);
        } catch (IOException _) {
            return new CheckpointedFile(identity, entry, State.UNREADABLE, 0);
        }
    }

    /** Text in UTF-16 is decoded for that; what cannot be opened has the size that is stored. */
    private static FileSighting withSizeOfContent(FileSighting found) {
        try (LogFile file = new Utf16View(LogFile.open(found.path()), FollowedText.unknown())) {
            return new FileSighting(found.path(), found.identity(), file.sizeBytes());
        } catch (IOException cannotTell) {
            return found;
        }
    }

    private static State state(CheckpointEntry entry, FileSighting there) {
        int growth = Long.compare(there.sizeBytes(), entry.content().sizeBytes());
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
            case ROTATED -> "was rotated: " + goesOn(offset) + waiting();
            case REPLACED ->
                "another file has this name, which is read from its start; the old one (%s) is gone, %s"
                        .formatted(identity, unread(offset));
            case MISSING -> "is gone: nothing to read, " + unread(offset);
            case UNREADABLE -> "cannot be read, and would be skipped until it can";
        };
    }

    private boolean isStillThere() {
        return state == State.SAME || state == State.GROWN || state == State.TRUNCATED || state == State.ROTATED;
    }

    private String waiting() {
        return entry.pendingBytes() == 0
                ? ""
                : "; its fixes from offset %d on are made"
                        .formatted(entry.waiting().from().offset());
    }

    private String goesOn(long offset) {
        return bytesLeft() == 0
                ? "has been dealt with to its end, offset " + offset
                : "goes on at offset %d, %d bytes to read".formatted(offset, bytesLeft());
    }

    private String unread(long offset) {
        return "%d bytes of it were not read yet".formatted(entry.content().sizeBytes() - offset);
    }
}
