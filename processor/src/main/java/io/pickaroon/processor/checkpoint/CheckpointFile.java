package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.delivery.HostName;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.directio.BlockFile.NoRoomException;
import io.pickaroon.processor.directio.BlockStore;
import io.pickaroon.processor.directio.DirectBlockStore;
import io.pickaroon.processor.directio.ExclusiveLock;
import io.pickaroon.processor.directio.InUseException;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoint of a run: what is collected in memory as its {@link #progress} becomes durable with {@link #commit}, not
 * before.
 *
 * <p>It promises that
 *
 * <ul>
 *   <li>after a crash at any instant, the file holds the last checkpoint that was committed, or the one being committed;
 *   <li>a file that exists is read or refused, never replaced by an empty one;
 *   <li>one process at a time has it open.
 * </ul>
 *
 * <p>{@link #progress}, {@link #commit} and {@link #close} belong to one thread at a time, with a
 * happens-before edge when that changes. {@link #current} and {@link #instance} may be called by any thread.
 */
public final class CheckpointFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFile.class);

    private final Path path;
    private final BlockStore store;
    private final Clock clock;
    /** Empty if it was opened without a lock. */
    private final Optional<ExclusiveLock> lock;

    private SlotFile slots;
    private volatile Checkpoint current;
    private CollectedProgress collected;
    private boolean isNew;
    private IOException failure;

    private CheckpointFile(Path path, BlockStore store, Clock clock, Optional<ExclusiveLock> lock) throws IOException {
        this.path = path;
        this.store = store;
        this.clock = clock;
        this.lock = lock;
        readOrCreate();
    }

    /** Like {@link #open(Path, Clock)}, with the clock of the system. */
    public static CheckpointFile open(Path path) throws IOException {
        return open(path, Clock.systemUTC());
    }

    /**
     * Locks the checkpoint and reads it; where there is none, makes an empty one, and its directories.
     *
     * @throws InUseException if another run has it open
     * @throws CheckpointCorruptException if it exists and cannot be trusted
     */
    public static CheckpointFile open(Path path, Clock clock) throws IOException {
        BlockStore store = new DirectBlockStore();
        Path real = CheckpointPath.real(path, store);
        ExclusiveLock lock = ExclusiveLock.acquire(real);
        try {
            return new CheckpointFile(real, store, clock, Optional.of(lock));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Opens a copy of a checkpoint in memory, or an empty one if there is none. Takes no lock, and whatever becomes of the copy,
     * nothing on disk changes.
     *
     * @throws CheckpointCorruptException if it exists and cannot be trusted
     */
    public static CheckpointFile openCopy(Path path, ScratchBlockStore memory) throws IOException {
        Path there = CheckpointPath.there(path);
        long fileBytes = Files.exists(there) ? Files.size(there) : 0;
        if (fileBytes > 2L * CheckpointCodec.MAXIMUM_SLOT_BYTES) {
            throw CheckpointCorruptException.unusable(there, fileBytes + " bytes are too many");
        }
        return openUnlocked(there, memory, Clock.systemUTC());
    }

    /** Opens a checkpoint in another store, such as one that simulates crashes. Takes no lock: the caller is its only user. */
    public static CheckpointFile openUnlocked(Path path, BlockStore store, Clock clock) throws IOException {
        return new CheckpointFile(path, store, clock, Optional.empty());
    }

    /** Reads a checkpoint without locking or changing it. Throws a {@link NoSuchFileException} if there is none. */
    public static CheckpointInspection inspect(Path path) throws IOException {
        return CheckpointInspection.of(path);
    }

    private void readOrCreate() throws IOException {
        try {
            slots = SlotFile.open(path, store);
        } catch (NoSuchFileException _) {
            Instance instance = fresh(Standing.NEW);
            CheckpointSections sections =
                    CheckpointSections.NONE.withInstance(instance).withDefaultHeaders();
            Checkpoint first = new Checkpoint(0, clock.instant(), Map.of(), sections);
            slots = SlotFile.create(path, store, first);
            isNew = true;
            if (lock.isPresent()) {
                LOG.info("{}: new checkpoint", path);
            }
        }
        try {
            current = slots.read();
        } catch (IOException | RuntimeException e) {
            slots.close();
            throw e;
        }
        collected = new CollectedProgress(current);
        if (current.sections().instance().isEmpty()) {
            collected.keep(fresh(Standing.UNNAMED));
        }
    }

    private static Instance fresh(Standing standing) {
        return Instance.fresh(HostName.local(), standing, new SecureRandom());
    }

    /** True if there was none when it was opened, so no earlier run has left anything in it. */
    public boolean isNew() {
        return isNew;
    }

    /** The last checkpoint that is known to be durable. */
    public Checkpoint current() {
        return current;
    }

    /** Its absolute path, without symbolic links. */
    public Path path() {
        return path;
    }

    /** The name of the checkpoint at a destination, and what is known of it. */
    public Instance instance() {
        return collected.instance();
    }

    /** What the next {@link #commit} makes durable; for the thread that changes the checkpoint. */
    public CollectedProgress progress() {
        return collected;
    }

    /**
     * Makes all changes since the last commit durable. Writes nothing if there are none.
     *
     * @return the checkpoint that is durable now
     * @throws NoRoomException if it has to grow and the file system is full; the next commit tries again
     * @throws IOException if it could not be written; that is final, every later commit fails too
     */
    public Checkpoint commit() throws IOException {
        if (failure != null) {
            throw new IOException(
                    NativePath.printable(path) + ": not committed, because an earlier commit failed: "
                            + failure.getMessage(),
                    failure);
        }
        if (!collected.isChanged()) {
            return current;
        }
        Checkpoint next = collected.next(current.sequence() + 1, clock.instant());
        try {
            slots.write(next, current);
        } catch (NoRoomException e) {
            throw e;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
        current = next;
        collected.committed();
        return next;
    }

    /**
     * Writes the last durable checkpoint in the format of the version before, which reads no later one. Close it after that.
     *
     * @return what was written; that version does not read all of it
     */
    public Checkpoint downgrade() throws IOException {
        slots.downgrade(current);
        return current;
    }

    /** Removes the file if opening it has made it and it has never held a name. Close it after that. */
    public void removeIfNew() throws IOException {
        if (lock.isPresent() && isNew && instance().standing() == Standing.NEW) {
            Files.deleteIfExists(path);
        }
    }

    /** Releases the file and the lock. Changes that were not committed are lost. */
    @Override
    public void close() throws IOException {
        try {
            slots.close();
        } finally {
            if (lock.isPresent()) {
                lock.get().close();
            }
        }
    }
}
