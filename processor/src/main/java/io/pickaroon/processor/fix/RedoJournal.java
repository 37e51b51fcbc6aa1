package io.pickaroon.processor.fix;

import io.pickaroon.processor.audit.AuditedGroup;
import io.pickaroon.processor.directio.BlockFile;
import io.pickaroon.processor.directio.BlockFile.NoRoomException;
import io.pickaroon.processor.directio.BlockStore;
import io.pickaroon.processor.directio.Blocks;
import io.pickaroon.processor.directio.DirectBlockStore;
import io.pickaroon.processor.fix.JournalCodec.NewGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records durably what is about to be changed in log files, before the first byte changes, so that changes interrupted
 * by a crash can be finished. It holds the last group of windows that was fixed.
 *
 * <p>It belongs to a checkpoint, whose lock guards it too. Used by one thread at a time.
 */
public final class RedoJournal implements AutoCloseable {
    private static final int INITIAL_BYTES = 64 * 1024;

    private final Path path;
    private final BlockFile file;

    private RedoJournal(Path path, BlockFile file) {
        this.path = path;
        this.file = file;
    }

    /** Opens the journal that belongs to a checkpoint, or makes an empty one. The checkpoint is open, hence locked. */
    public static RedoJournal beside(Path checkpoint) throws IOException {
        return beside(checkpoint, new DirectBlockStore());
    }

    /** Like the other method, in another store. */
    public static RedoJournal beside(Path checkpoint, BlockStore store) throws IOException {
        return open(pathBeside(checkpoint), store);
    }

    /** Reads the journal that belongs to a checkpoint without changing it; empty if there is none. */
    public static Optional<JournalInspection> inspect(Path checkpoint) throws IOException {
        return JournalInspection.of(pathBeside(checkpoint));
    }

    private static Path pathBeside(Path checkpoint) {
        Path absolute = checkpoint.toAbsolutePath();
        return absolute.resolveSibling(absolute.getFileName() + ".journal");
    }

    /** Opens or makes a journal in another store, such as one that simulates crashes. */
    public static RedoJournal open(Path path, BlockStore store) throws IOException {
        try {
            return new RedoJournal(path, store.open(path));
        } catch (NoSuchFileException none) {
            Path beside = path.resolveSibling(path.getFileName() + ".new");
            try (BlockFile fresh = store.create(beside)) {
                fresh.allocate(INITIAL_BYTES);
            }
            store.replace(beside, path);
            return new RedoJournal(path, store.open(path));
        }
    }

    /** The group written last, if it was written to its end. */
    Optional<JournalCodec.Group> read() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.sizeBytes()));
        file.read(0, bytes);
        return JournalCodec.decode(path, bytes.flip());
    }

    /** Counter of the group that it has announced last for a checkpoint, finished or not; 0 if there is none. */
    public long announced(long checkpointId) throws IOException {
        return read().flatMap(JournalCodec.Group::audited)
                .map(AuditedGroup::number)
                .filter(number -> number.checkpointId() == checkpointId)
                .map(AuditedGroup.GroupNumber::counter)
                .orElse(0L);
    }

    /** Forgets the group written last, if there is one; durable on return. */
    public void clear() throws IOException {
        if (read().isPresent()) {
            write(new NewGroup(List.of(), Map.of(), 0, Optional.empty()));
        }
    }

    /**
     * Makes the edits of a group durable in the journal, in place of the group before.
     *
     * @throws NoRoomException if it has to grow and the file system is full; the group before stands, and it may be tried again
     */
    void write(NewGroup group) throws IOException {
        JournalCodec.Encoded encoded = JournalCodec.encode(group);
        long sizeBytes = Blocks.roundUp(encoded.usedBytes(), file.blockBytes());
        if (sizeBytes > file.sizeBytes()) {
            file.allocate(sizeBytes);
        }
        ByteBuffer bytes = file.buffer(Math.toIntExact(sizeBytes));
        encoded.put(bytes);
        file.write(0, bytes);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
