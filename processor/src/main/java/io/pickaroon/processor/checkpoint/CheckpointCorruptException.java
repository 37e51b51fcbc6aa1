package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A checkpoint exists and cannot be trusted, or this version cannot read it. Starting at the beginning instead would
 * send everything again, so the run does not start; the message says what is wrong and what to do.
 */
public final class CheckpointCorruptException extends IOException {
    private static final String MOVE_AWAY =
            "move it away and say with 'start: beginning' or 'start: end' in the input where to begin";

    private CheckpointCorruptException(String message) {
        super(message);
    }

    static CheckpointCorruptException noSlot(Path path, Slots slots) {
        return slots.newerFormat().isPresent()
                ? newerFormat(path, slots.newerFormat().get())
                : unusable(path, slots.describe());
    }

    static CheckpointCorruptException unusable(Path path, String what) {
        return new CheckpointCorruptException(NativePath.printable(path) + ": this checkpoint cannot be trusted ("
                + what + "); restore it from a copy, or " + MOVE_AWAY);
    }

    private static CheckpointCorruptException newerFormat(Path path, int formatVersion) {
        return new CheckpointCorruptException(
                NativePath.printable(path) + ": this checkpoint was written by a newer Pickaroon (format version "
                        + formatVersion + ", this one reads up to " + CheckpointCodec.FORMAT_VERSION
                        + "); run that version or a later one, or " + MOVE_AWAY);
    }
}
