package io.pickaroon.processor.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The content of a checkpoint file, read without a lock, so also while a run is writing it.
 *
 * @param path the file
 * @param fileBytes its size
 * @param slots both slots; in use is the one that {@link #inUse} names
 */
public record CheckpointInspection(Path path, long fileBytes, Slots slots) {
    /** Reading and a commit may overlap, so a read counts when the next one gives the same bytes. */
    private static final int READ_ATTEMPTS = 10;

    /** The checkpoint from which a run would resume; empty if {@link #problem} says why it would refuse to start. */
    public Optional<Checkpoint> checkpoint() {
        return slots.newestValid().map(Slot.Valid::checkpoint);
    }

    /** The name, A or B, of the slot from which a run would resume. */
    public Optional<Character> inUse() {
        return checkpoint().map(newest -> Slots.nameOf(newest.sequence()));
    }

    /** Why a run would refuse to start, with the remedy; empty if it would start. */
    public Optional<String> problem() {
        return checkpoint().isPresent()
                ? Optional.empty()
                : Optional.of(CheckpointCorruptException.noSlot(path, slots).getMessage());
    }

    /** True if a run would start and the other slot is damaged: as after a crash in mid-commit. */
    public boolean fellBack() {
        return checkpoint().isPresent() && (slots.a() instanceof Slot.Invalid || slots.b() instanceof Slot.Invalid);
    }

    static CheckpointInspection of(Path path) throws IOException {
        byte[] before = null;
        byte[] bytes = read(path);
        for (int reads = 1; reads < READ_ATTEMPTS && !Arrays.equals(before, bytes); reads++) {
            before = bytes;
            bytes = read(path);
        }
        return new CheckpointInspection(path, bytes.length, CheckpointCodec.decodeFile(ByteBuffer.wrap(bytes)));
    }

    private static byte[] read(Path path) throws IOException {
        long fileBytes = Files.size(path);
        if (fileBytes > 2L * CheckpointCodec.MAXIMUM_SLOT_BYTES) {
            throw CheckpointCorruptException.unusable(path, fileBytes + " bytes are too many");
        }
        return Files.readAllBytes(path);
    }
}
