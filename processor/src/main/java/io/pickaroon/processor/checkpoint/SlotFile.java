package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.directio.BlockFile;
import io.pickaroon.processor.directio.BlockFile.NoRoomException;
import io.pickaroon.processor.directio.BlockStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two slots of a checkpoint on disk. A write goes into the slot that does not count. When a checkpoint outgrows the
 * slots, a new file is written beside the old one and takes its name. The very first file is made in the same way, so
 * the file always has a valid slot. Used by one thread at a time.
 */
final class SlotFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlotFile.class);

    private final Path path;
    private final BlockStore store;
    private BlockFile file;
    private int slotBytes;

    private SlotFile(Path path, BlockStore store, BlockFile file) {
        this.path = path;
        this.store = store;
        this.file = file;
    }

    /** @throws NoSuchFileException if there is none */
    static SlotFile open(Path path, BlockStore store) throws IOException {
        return new SlotFile(path, store, store.open(path));
    }

    /** Makes one that holds this checkpoint, durably. */
    static SlotFile create(Path path, BlockStore store, Checkpoint first) throws IOException {
        NewCheckpointFile.write(store, path, first, null, 0, CheckpointCodec.FORMAT_VERSION);
        return open(path, store);
    }

    /**
     * Reads the checkpoint that counts. Call it before the other methods.
     *
     * @throws CheckpointCorruptException if none can be trusted
     */
    Checkpoint read() throws IOException {
        long fileBytes = file.sizeBytes();
        if (fileBytes == 0) {
            throw CheckpointCorruptException.unusable(path, "it is empty");
        }
        if (fileBytes > 2L * CheckpointCodec.MAXIMUM_SLOT_BYTES) {
            throw CheckpointCorruptException.unusable(path, fileBytes + " bytes are too many");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) fileBytes);
        file.read(0, bytes);
        Slots slots = CheckpointCodec.decodeFile(bytes.flip());
        Slot.Valid newest = slots.newestValid().orElseThrow(() -> CheckpointCorruptException.noSlot(path, slots));
        Checkpoint current = newest.checkpoint();
        slotBytes = newest.slotBytes();
        char other = Slots.nameOf(current.sequence() + 1);
        if (slots.named(other) instanceof Slot.Invalid invalid) {
            LOG.warn(
                    "{}: slot {} cannot be used ({}), as after a crash during a write; continuing from sequence {} of"
                            + " {}",
                    path,
                    other,
                    invalid.reason(),
                    current.sequence(),
                    current.writtenAt());
        }
        if (slotBytes % file.blockBytes() != 0) {
            replace(current, null, CheckpointCodec.FORMAT_VERSION);
        }
        return current;
    }

    /**
     * Makes the next checkpoint durable, which follows the one that counts.
     *
     * @throws NoRoomException if it has outgrown its slot and the file system is full; it may be tried again
     */
    void write(Checkpoint next, Checkpoint current) throws IOException {
        long usedBytes = CheckpointCodec.usedBytes(next, file.blockBytes());
        if (usedBytes > slotBytes) {
            replace(next, current, CheckpointCodec.FORMAT_VERSION);
            return;
        }
        ByteBuffer bytes = file.buffer((int) usedBytes);
        CheckpointCodec.encode(next, file.blockBytes(), slotBytes, bytes);
        file.write((long) CheckpointCodec.slotIndex(next.sequence()) * slotBytes, bytes);
    }

    /** Writes a new file in the format of the version before. */
    void downgrade(Checkpoint current) throws IOException {
        replace(current, null, CheckpointCodec.DOWNGRADED_FORMAT_VERSION);
    }

    private void replace(Checkpoint newest, Checkpoint older, int formatVersion) throws IOException {
        slotBytes = NewCheckpointFile.write(store, path, newest, older, slotBytes, formatVersion);
        file.close();
        file = store.open(path);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
