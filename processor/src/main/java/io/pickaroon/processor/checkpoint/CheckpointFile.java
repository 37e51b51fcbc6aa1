package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.directio.BlockFile;
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
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
 * <p>A commit is one write into the slot that does not count. Only when the entries outgrow the slots is a new file
 * written beside the old one and given its name; so is the very first, and therefore no state of the file is without a
 * valid slot.
 *
 * <p>Threads: {@link #advance}, {@link #forget}, {@link #commit} and {@link #close} belong to one thread at a time, with
 * a happens-before edge when that changes; {@link #current} may be called by any.
 */
public final class CheckpointFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFile.class);

    private final Path path;
    private final BlockStore store;
    private final Clock clock;
    private final Map<FileIdentity, CheckpointEntry> collected = new LinkedHashMap<>();
    private ExclusiveLock lock;
    private BlockFile file;
    private int slotBytes;
    private volatile Checkpoint current;
    private boolean isNew;
    private boolean changed;
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
        Path absolute = path.toAbsolutePath();
        if (absolute.getFileName() == null) {
            throw new IOException(path + ": not a file name; name a file for the checkpoint");
        }
        store.createDirectories(absolute.getParent());
        Path real = followLink(absolute.getParent().toRealPath().resolve(absolute.getFileName()));
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

    /** A link that leads nowhere is refused: what it should lead to may be a file system that is not mounted. */
    private static Path followLink(Path path) throws IOException {
        if (!Files.isSymbolicLink(path)) {
            return path;
        }
        try {
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            throw new IOException(
                    path + ": a symbolic link to " + Files.readSymbolicLink(path)
                            + ", which does not exist; mount or restore what it leads to, or remove the link",
                    e);
        }
    }

    private void readOrCreate() throws IOException {
        try {
            file = store.open(path);
        } catch (NoSuchFileException _) {
            replaceFile(new Checkpoint(0, clock.instant(), Map.of()), null);
            isNew = true;
            LOG.info("{}: new checkpoint", path);
        }
        try {
            read();
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void read() throws IOException {
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
        current = newest.checkpoint();
        slotBytes = newest.slotBytes();
        collected.putAll(current.entries());
        char other = Slots.nameOf(current.sequence() + 1);
        if (slots.named(other) instanceof Slot.Invalid invalid) {
            LOG.warn(
                    "{}: slot {} cannot be used ({}), as after a crash in mid-write; going on from sequence {} of {}",
                    path,
                    other,
                    invalid.reason(),
                    current.sequence(),
                    current.writtenAt());
        }
        if (slotBytes % file.blockBytes() != 0) {
            file.close();
            replaceFile(current, null);
        }
    }

    /** Whether there was none when it was opened: then nobody wants to know what an earlier one knew. */
    public boolean isNew() {
        return isNew;
    }

    /** The last checkpoint that is known to be durable. */
    public Checkpoint current() {
        return current;
    }

    /**
     * Takes note that a log file has been dealt with up to the end of this window; durable after {@link #commit}.
     *
     * @throws IllegalStateException if the file is already further than that
     */
    public void advance(FixedWindow window) {
        LogFile logFile = window.file();
        Position end = window.end();
        CheckpointEntry before = collected.get(logFile.identity());
        if (window.delivered().fixesWaited()) {
            if (before != null) {
                advance(logFile.identity(), before.withFixed(end));
            }
            return;
        }
        boolean nothingWaits = (before == null || before.pendingBytes() == 0)
                && window.delivered().scanned().edits().waiting() == 0;
        Position fixed = nothingWaits ? end : before == null ? startOf(window) : before.fixed();
        ScannedWindow scanned = window.delivered().scanned();
        advance(
                logFile.identity(),
                new CheckpointEntry(
                        logFile.path(),
                        end,
                        fixed,
                        nothingWaits ? 0 : waitingRules(before, scanned.allRules()),
                        scanned.sizeBytes(),
                        scanned.lineEnds(),
                        Optional.empty()));
    }

    /** The rules of all that waits, when something of these rules is added to it; 0 if they differ. */
    private static long waitingRules(CheckpointEntry before, long added) {
        boolean isAlone = before == null || before.pendingBytes() == 0;
        return isAlone || before.waitingRules() == added ? added : 0;
    }

    private static Position startOf(FixedWindow window) {
        long startOffset = window.delivered().scanned().startOffset();
        return new Position(startOffset, startOffset == 0);
    }

    /**
     * Takes note of whether a log file is there; durable after {@link #commit}.
     *
     * @param since since when it is nowhere to be found; empty if it is there
     */
    public void gone(FileIdentity identity, Optional<Instant> since) {
        Optional<Instant> seconds = since.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
        CheckpointEntry before = collected.get(identity);
        if (before != null && !before.goneSince().equals(seconds)) {
            collected.put(identity, before.withGoneSince(seconds));
            changed = true;
        }
    }

    /** Drops what waits in a file, because no rule wants it any more; durable after {@link #commit}. */
    public void nothingWaits(FileIdentity identity) {
        CheckpointEntry before = collected.get(identity);
        if (before != null && before.pendingBytes() > 0) {
            collected.put(identity, before.withFixed(before.position()));
            changed = true;
        }
    }

    /**
     * Takes note of where a log file is begun that is new here, or that was truncated and begins anew: what was known of
     * earlier generations is about content that is gone. Durable after {@link #commit}.
     */
    public void begin(LogFile logFile, Position position) throws IOException {
        LineEnds lineEnds = LineEnds.before(logFile, position.offset());
        CheckpointEntry entry = new CheckpointEntry(
                logFile.path(), position, position, 0, logFile.sizeBytes(), lineEnds, Optional.empty());
        collected.keySet().removeIf(logFile.identity()::isSameInode);
        collected.put(logFile.identity(), entry);
        changed = true;
    }

    /** As {@link #begin(LogFile, Position)}, for a file that nobody knows and that is opened later. */
    public void begin(FileSighting file, Position position) {
        collected.put(file.identity(), new CheckpointEntry(file.path(), position, file.sizeBytes()));
        changed = true;
    }

    /** As {@link #advance(FixedWindow)}, for what an earlier run delivered and recovery fixed. */
    public void advance(RedoneFile file) {
        CheckpointEntry before = collected.get(file.identity());
        if (file.fixesWaited()) {
            if (before != null) {
                advance(file.identity(), before.withFixed(file.end()));
            }
            return;
        }
        // The journal does not know whether matches wait before that end, so they may.
        Position fixed = before == null ? Position.START : before.fixed();
        advance(
                file.identity(),
                new CheckpointEntry(
                        file.path(),
                        file.end(),
                        fixed,
                        before == null ? 0 : waitingRules(before, file.rules()),
                        file.sizeBytes(),
                        file.lineEnds(),
                        Optional.empty()));
    }

    void advance(FileIdentity identity, CheckpointEntry entry) {
        CheckpointEntry before = collected.get(identity);
        boolean wouldGoBack = before != null
                && (entry.position().offset() < before.position().offset()
                        || entry.fixed().offset() < before.fixed().offset());
        if (wouldGoBack) {
            throw new IllegalStateException("%s (%s): position would go back from offset %d to %d, or %d to %d"
                    .formatted(
                            entry.path(),
                            identity,
                            before.position().offset(),
                            entry.position().offset(),
                            before.fixed().offset(),
                            entry.fixed().offset()));
        }
        if (!entry.equals(before)) {
            collected.put(identity, entry);
            changed = true;
        }
    }

    /**
     * Drops a log file, because it is gone or because it was truncated and begins anew; durable after {@link #commit}.
     */
    public void forget(FileIdentity identity) {
        changed |= collected.remove(identity) != null;
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
        if (!changed) {
            return current;
        }
        Checkpoint next = new Checkpoint(current.sequence() + 1, clock.instant(), collected);
        try {
            long usedBytes = CheckpointCodec.usedBytes(collected, file.blockBytes());
            if (usedBytes > slotBytes) {
                file.close();
                replaceFile(next, current);
            } else {
                ByteBuffer bytes = file.buffer((int) usedBytes);
                CheckpointCodec.encode(next, file.blockBytes(), slotBytes, bytes);
                file.write((long) CheckpointCodec.slotIndex(next.sequence()) * slotBytes, bytes);
            }
        } catch (IOException e) {
            failure = e;
            throw e;
        }
        current = next;
        changed = false;
        return next;
    }

    private void replaceFile(Checkpoint newest, Checkpoint older) throws IOException {
        slotBytes = NewCheckpointFile.write(store, path, newest, older, slotBytes);
        file = store.open(path);
    }

    /** Releases the file and the lock. Progress that was not committed is lost. */
    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }
}
