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
 * The checkpoint of a run: collects progress in memory and makes it durable with {@link #commit}.
 *
 * <p>It promises that
 *
 * <ul>
 *   <li>after a crash at any instant, the file holds the last checkpoint that was committed, or the one being committed;
 *   <li>progress comes from a {@link FixedWindow} or a {@link RedoneFile} alone and never goes backwards, until the file
 *       itself begins anew;
 *   <li>a file that exists is read or refused, never replaced by an empty one;
 *   <li>one process at a time has it open.
 * </ul>
 *
 * <p>Threads: {@link #advance}, {@link #forget}, {@link #commit} and {@link #close} belong to one thread at a time, with
 * a happens-before edge when that changes; {@link #current} may be called by any.
 */
public final class CheckpointFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFile.class);

    private final Path path;
    private final BlockStore store;
    private final Clock clock;
    private ExclusiveLock lock;
    private SlotFile slots;
    private volatile Checkpoint current;
    private CollectedProgress collected;
    private boolean isNew;
    private IOException failure;

    private CheckpointFile(Path path, BlockStore store, Clock clock) {
        this.path = path;
        this.store = store;
        this.clock = clock;
    }

    /** As {@link #open(Path, Clock)}, with the time of the system. */
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
            CheckpointFile opened = open(real, store, clock);
            opened.lock = lock;
            return opened;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Opens it without a lock, in a store that may be a twin. */
    public static CheckpointFile open(Path path, BlockStore store, Clock clock) throws IOException {
        CheckpointFile opened = new CheckpointFile(path, store, clock);
        opened.readOrCreate();
        return opened;
    }

    /**
     * Looks at a checkpoint without locking or changing it.
     *
     * @throws NoSuchFileException if there is none
     */
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

    /** Whether there was none when it was opened: then nobody wants to know what an earlier one knew. */
    public boolean isNew() {
        return isNew;
    }

    /** The last checkpoint that is known to be durable. */
    public Checkpoint current() {
        return current;
    }

    /** Where it is: absolute, and without links. */
    public Path path() {
        return path;
    }

    /** Who the checkpoint is at a destination. Any thread. Durable after {@link #commit}. */
    public Instance instance() {
        return collected.instance();
    }

    /** Keeps this instead; durable after {@link #commit}. */
    public void keep(Instance next) {
        collected.keep(next);
    }

    /** When each input was started for the first time of all, by its id; durable after {@link #commit}. */
    public Map<String, Instant> inputStarts() {
        return collected.inputStarts();
    }

    /** Takes note of inputs that were never started before; others keep their moment. Durable after {@link #commit}. */
    public void noteInputStarts(Map<String, Instant> starts) {
        collected.noteInputStarts(starts);
    }

    /** Keeps the rules of this run, instead of those of the one before; durable after {@link #commit}. */
    public void keepRules(Set<KnownRule> rules) {
        collected.keepRules(rules);
    }

    /**
     * Has a file read again from here on, whatever a destination knows of it; durable after {@link #commit}.
     *
     * @param lineEnds where lines end before that
     * @throws IllegalArgumentException if the file has no entry, or is not as far as that
     */
    public void reset(FileIdentity identity, Position to, LineEnds lineEnds) {
        collected.reset(identity, to, lineEnds);
    }

    /** Has every file read again from its start, those without an entry too; durable after {@link #commit}. */
    public void resetAll() {
        collected.resetAll();
    }

    /** Gives this number to all resets that are pending; durable after {@link #commit}. */
    public void numberResets(int number) {
        collected.numberResets(number);
    }

    /** As {@link #resetAll}, under this number; durable after {@link #commit}. */
    public void startAnew(int number) {
        collected.startAnew(number);
    }

    /**
     * Takes note that a log file has been dealt with up to the end of this window; durable after {@link #commit}.
     *
     * @throws IllegalStateException if the file is already further than that
     */
    public void advance(FixedWindow window) {
        collected.advance(window);
    }

    /** As {@link #advance(FixedWindow)}, for what an earlier run delivered and recovery fixed. */
    public void advance(RedoneFile file) {
        collected.advance(file);
    }

    void advance(FileIdentity identity, CheckpointEntry entry) {
        collected.advance(identity, entry);
    }

    /**
     * Takes note of whether a log file is there; durable after {@link #commit}.
     *
     * @param since since when it is nowhere to be found; empty if it is there
     */
    public void gone(FileIdentity identity, Optional<Instant> since) {
        collected.gone(identity, since);
    }

    /** Drops what waits in a file, because no rule wants it any more; durable after {@link #commit}. */
    public void nothingWaits(FileIdentity identity) {
        collected.nothingWaits(identity);
    }

    /**
     * Takes note of where a log file is begun that is new here, or that was truncated and begins anew: what was known of
     * earlier generations is about content that is gone. Or from where on it is read because a destination has a higher reset
     * number. Durable after {@link #commit}.
     *
     * @param resets the file's reset number, here or at the destination, whichever is higher
     */
    public void begin(LogFile logFile, Position position, int resets) throws IOException {
        LineEnds lineEnds = LineEnds.before(logFile, position.offset());
        collected.begin(logFile, position, lineEnds, logFile.sizeBytes(), resets);
    }

    /** As {@link #begin(LogFile, Position, int)}, for a file that no one knows and that is opened later. */
    public void begin(FileSighting file, Position position) {
        collected.begin(file, position);
    }

    /** A log file has another identity from now on, in all its generations; durable after {@link #commit}. */
    public void rename(FileIdentity from, FileIdentity to) {
        collected.rename(from, to);
    }

    /**
     * Drops a log file, because it is gone or because it was truncated and begins anew; durable after {@link #commit}.
     */
    public void forget(FileIdentity identity) {
        collected.forget(identity);
    }

    /**
     * Makes all progress since the last commit durable. Writes nothing if there is none.
     *
     * @return the checkpoint that is durable now
     * @throws IOException if it could not be written; that is final, every later commit fails too
     */
    public Checkpoint commit() throws IOException {
        if (failure != null) {
            throw new IOException("not committed, because an earlier commit failed: " + failure.getMessage(), failure);
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
     * Writes what is durable in the format of the version before, which reads no later one. To be closed after that.
     *
     * @return what was written, and what that version does not know of
     */
    public Checkpoint downgrade() throws IOException {
        slots.downgrade(current);
        return current;
    }

    /** Removes it if it was made when it was opened, and has never held a name. To be closed after that. */
    public void removeIfNew() throws IOException {
        if (isNew && instance().standing() == Standing.NEW) {
            Files.deleteIfExists(path);
        }
    }

    /** Releases the file and the lock. Progress that was not committed is lost. */
    @Override
    public void close() throws IOException {
        try {
            slots.close();
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }
}
