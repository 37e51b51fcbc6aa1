package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.delivery.HostName;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.directio.BlockStore;
import io.pickaroon.processor.directio.DirectBlockStore;
import io.pickaroon.processor.directio.ExclusiveLock;
import io.pickaroon.processor.directio.InUseException;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.fix.RedoneFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoint of a run: collects changes in memory ({@link CollectedProgress} has the rules) and makes them durable with
 * {@link #commit}, not before.
 *
 * <p>It promises that
 *
 * <ul>
 *   <li>after a crash at any instant, the file holds the last checkpoint that was committed, or the one being committed;
 *   <li>a file that exists is read or refused, never replaced by an empty one;
 *   <li>one process at a time has it open.
 * </ul>
 *
 * <p>Methods that change something, {@link #commit} and {@link #close} belong to one thread at a time, with a
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
            Checkpoint first = new Checkpoint(0, clock.instant(), Map.of(), CheckpointSections.of(instance));
            slots = SlotFile.create(path, store, first);
            isNew = true;
            LOG.info("{}: new checkpoint", path);
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

    public void keep(Instance next) {
        collected.keep(next);
    }

    /** When each input was started for the very first time, by the id of the input. */
    public Map<String, Instant> inputStarts() {
        return collected.inputStarts();
    }

    /** Adds inputs that were never started before; the others keep their moment. */
    public void noteInputStarts(Map<String, Instant> starts) {
        collected.noteInputStarts(starts);
    }

    /** Replaces the rules of the run before by those of this run. */
    public void keepRules(Set<KnownRule> rules) {
        collected.keepRules(rules);
    }

    /** Has a file read again from a position at or before its own, even if a destination knows a later one. */
    public void reset(FileIdentity identity, Position to, LineEnds lineEnds) {
        collected.reset(identity, to, lineEnds);
    }

    /** Has every file read again from its start, including files without an entry. */
    public void resetAll() {
        collected.resetAll();
    }

    /** Gives this number to all pending resets. */
    public void numberResets(int number) {
        collected.numberResets(number);
    }

    /** Like {@link #resetAll}, and gives the resets this number. */
    public void startAnew(int number) {
        collected.startAnew(number);
    }

    /**
     * Advances a log file to the end of a window.
     *
     * @throws IllegalStateException if the file is already further than that
     */
    public void advance(FixedWindow window) {
        collected.advance(window);
    }

    /** Like {@link #advance(FixedWindow)}, for what an earlier run delivered and recovery fixed. */
    public void advance(RedoneFile file) {
        collected.advance(file);
    }

    void advance(FileIdentity identity, CheckpointEntry entry) {
        collected.advance(identity, entry);
    }

    /**
     * Records whether a log file is missing.
     *
     * @param since since when no name leads to it; empty if one does
     */
    public void gone(FileIdentity identity, Optional<Instant> since) {
        collected.gone(identity, since);
    }

    /** Drops the fixes that wait in a file, because no rule asks for them any more. */
    public void nothingWaits(FileIdentity identity) {
        collected.nothingWaits(identity);
    }

    /**
     * Sets where reading of a log file begins: of a new file, of one that was truncated (what was known of its earlier
     * generations is dropped), or of one for which a destination has a higher reset number.
     *
     * @param resets the higher one of the file's reset numbers here and at the destination
     */
    public void begin(LogFile logFile, Position position, int resets) throws IOException {
        LineEnds lineEnds = LineEnds.before(logFile, position.offset());
        collected.begin(logFile, position, lineEnds, logFile.sizeBytes(), resets);
    }

    /** Like {@link #begin(LogFile, Position, int)}, for a new file that is opened later. */
    public void begin(FileSighting file, Position position) {
        collected.begin(file, position);
    }

    /** Gives a log file another identity, in all its generations. */
    public void rename(FileIdentity from, FileIdentity to) {
        collected.rename(from, to);
    }

    /** Drops a log file that is gone, or that was truncated and begins anew. */
    public void forget(FileIdentity identity) {
        collected.forget(identity);
    }

    /**
     * Makes all changes since the last commit durable. Writes nothing if there are none.
     *
     * @return the checkpoint that is durable now
     * @throws IOException if it could not be written; that is final, every later commit fails too
     */
    public Checkpoint commit() throws IOException {
        if (failure != null) {
            throw new IOException(
                    path + ": not committed, because an earlier commit failed: " + failure.getMessage(), failure);
        }
        if (!collected.isChanged()) {
            return current;
        }
        Checkpoint next = collected.next(current.sequence() + 1, clock.instant());
        try {
            slots.write(next, current);
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
        if (isNew && instance().standing() == Standing.NEW) {
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
