package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.directio.BlockFile;
import io.pickaroon.processor.directio.BlockFile.NoRoomException;
import io.pickaroon.processor.directio.BlockStore;
import io.pickaroon.processor.directio.Blocks;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Makes a checkpoint file where there is none, or in place of one whose slots are too small.
 *
 * <p>It is written beside its place and then given the name. Until the name changes the old file counts; from then on
 * the new one does, which is complete. A crash before that leaves a file {@code <name>.new}, which the next attempt
 * overwrites.
 */
final class NewCheckpointFile {
    /** Room for some hundred log files before the file must be replaced by a larger one. */
    private static final int MINIMUM_SLOT_BYTES = 64 * 1024;

    private NewCheckpointFile() {}

    /**
     * Writes the file and gives it its name; all of it is durable on return.
     *
     * @param older goes to the other slot; null leaves that unwritten
     * @param slotBytesBefore capacity of the slots of the old file, 0 if there is none
     * @return capacity of the slots: at least twice what {@code newest} takes
     * @throws NoRoomException if the file system is full; what was there counts as before
     */
    static int write(
            BlockStore store, Path path, Checkpoint newest, Checkpoint older, int slotBytesBefore, int formatVersion)
            throws IOException {
        Path beside = path.resolveSibling(path.getFileName() + ".new");
        int slotBytes;
        try (BlockFile fresh = store.create(beside)) {
            slotBytes = capacity(path, newest, slotBytesBefore, fresh.blockBytes());
            fresh.allocate(2L * slotBytes);
            writeWholeSlot(fresh, newest.sequence(), newest, slotBytes, formatVersion);
            writeWholeSlot(fresh, newest.sequence() + 1, older, slotBytes, formatVersion);
        }
        store.replace(beside, path);
        return slotBytes;
    }

    /** Every byte of the slot is written, so that a later commit need not change how the file system maps the file. */
    private static void writeWholeSlot(
            BlockFile fresh, long sequence, Checkpoint checkpoint, int slotBytes, int formatVersion)
            throws IOException {
        ByteBuffer bytes = fresh.buffer(slotBytes);
        int usedBytes = 0;
        if (checkpoint != null) {
            CheckpointCodec.encode(checkpoint, formatVersion, fresh.blockBytes(), slotBytes, bytes);
            usedBytes = bytes.limit();
        }
        bytes.limit(slotBytes);
        bytes.put(usedBytes, new byte[slotBytes - usedBytes]);
        bytes.position(0);
        fresh.write((long) CheckpointCodec.slotIndex(sequence) * slotBytes, bytes);
    }

    private static int capacity(Path path, Checkpoint checkpoint, int slotBytesBefore, int blockBytes)
            throws IOException {
        long wanted = 2 * CheckpointCodec.usedBytes(checkpoint, blockBytes);
        long atLeast = Blocks.roundUp(Math.max(slotBytesBefore, MINIMUM_SLOT_BYTES), blockBytes);
        long capacity = Math.max(wanted, atLeast);
        if (capacity > CheckpointCodec.MAXIMUM_SLOT_BYTES) {
            throw new IOException(NativePath.printable(path) + ": too large with "
                    + checkpoint.entries().size() + " log files; give each run its own checkpoint and fewer files");
        }
        return (int) capacity;
    }
}
