package io.pickaroon.processor.follow;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.read.WindowCursor;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.track.FileLocation;
import io.pickaroon.processor.track.TrackedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One file that is followed, from when it is found until it is gone: where it is, how far it has been handed on, and
 * whether there is anything to do. It is read in turns, of which {@link FollowScheduler} gives it one at a time; where it is,
 * looks say, in between or meanwhile.
 *
 * <p>A turn hands on a bounded stretch. It begins with the question whether what was read before is still there: if not,
 * the file was truncated, and a new generation of it begins. When nothing is left to read of a file that was rotated, the
 * turn makes the fixes that waited for that.
 */
public final class FollowedFile implements TrackedFile<FollowedFile> {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedFile.class);
    private static final int WINDOWS_IN_A_TURN = 4;
    /** So long after it has grown it is asked whether it has again; then the kernel has to say so, or a look. */
    private static final Duration ASKED = Duration.ofSeconds(10);

    private final InputScanners input;
    private final FileIdentity inode;
    private final FileLocation place;
    private final FollowReader reading;
    private final RetryBackoff trouble;
    private final RunResources parts;

    /** The file that had this one's name before, while it is not read to its end in this session. */
    private volatile FollowedFile predecessor;
    /** The same, while it is not delivered: a session that fails reads it again, and it comes first then, too. */
    private volatile FollowedFile undelivered;

    private OptionalLong blockedSinceNanos = OptionalLong.empty();
    /** When the last turn began that found nothing to read. */
    private volatile OptionalLong drainedNanos = OptionalLong.empty();

    private volatile boolean ended;
    /** No turn is to be waited for any more, nor any end of a record. */
    private volatile boolean endsSoon;

    /** It became shorter during its turn, and is to have another one. */
    private volatile boolean hasShrunk;

    /** The size that the last directory scan saw. */
    private volatile long scannedBytes;

    public FollowedFile(InputScanners input, Path home, FileSighting sighting, RunResources parts) {
        this.input = input;
        this.inode = sighting.identity();
        this.parts = parts;
        this.scannedBytes = sighting.sizeBytes();
        this.place = new FileLocation(home, sighting, parts.machine());
        this.reading = new FollowReader(input, inode, place, sighting.sizeBytes(), parts);
        this.trouble = new RetryBackoff(
                input.input(), home, parts.counters(), parts.machine().nanoTime());
    }

    private long now() {
        return parts.machine().nanoTime().getAsLong();
    }

    @Override
    public FileIdentity inode() {
        return inode;
    }

    /** In the generation that is known. */
    @Override
    public FileIdentity identity() {
        return reading.identity();
    }

    @Override
    public FileLocation place() {
        return place;
    }

    InputScanners scanners() {
        return input;
    }

    LogInput input() {
        return input.input();
    }

    boolean isOpen() {
        return reading.isOpen();
    }

    /** Whether it needs no place among the open files: it has one, perhaps because what was read of it is not done. */
    boolean isHeld() {
        return isOpen() || parts.files().isOpen(identity());
    }

    /** Nothing more will ever be read of it. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether it has ended, and nothing that was read of it before a truncation can get lost any more. */
    @Override
    public boolean isForgettable() {
        return ended && !reading.hasRetired();
    }

    @Override
    public void comesAfter(FollowedFile earlier) {
        undelivered = earlier;
        predecessor = earlier;
    }

    /** The file whose turn must come before this one's; null if there is none. */
    FollowedFile predecessor() {
        return predecessor;
    }

    @Override
    public Optional<FollowedFile> undeliveredPredecessor() {
        return Optional.ofNullable(undelivered);
    }

    @Override
    public boolean foundAt(
            FileSighting sighting, boolean homeLeadsElsewhere, boolean isNew, SinkPositions destination) {
        retireWhatIsDelivered();
        scannedBytes = sighting.sizeBytes();
        boolean isNewlyRotated = place.foundAt(sighting.path(), homeLeadsElsewhere);
        if (isNewlyRotated) {
            reading.changed();
        }
        if (reading.observedBytes() != sighting.sizeBytes()) {
            observe();
        }
        boolean hasChanged = reading.hasChanged(sighting.sizeBytes());
        // What waited for the rotation is due.
        return isNewlyRotated || (isNew ? !isDone(destination) : hasChanged);
    }

    @Override
    public void markMissing() {
        retireWhatIsDelivered();
        if (place.markMissing()) {
            LOG.info("{} is gone{}", place.home(), isHeld() ? "; what is left of it is read" : "");
            reading.changed();
        }
        if (!isHeld() && !ended) {
            reading.isLostBehind(place.home() + " was deleted before it was read to its end");
            ended = true;
        }
    }

    /** Whether it is deleted, and can be read for as long only as it is open. */
    boolean isOpenOnly() {
        return !ended && isHeld() && place.now().isEmpty();
    }

    /** The run ends: turns that begin from now on are its last ones. */
    void endSoon() {
        endsSoon = true;
    }

    /** Whether its last turns have handed on all that it held, or cannot. Asked while it has none. */
    boolean isDrained() {
        return ended || trouble.isThere() || reading.isAtLastEnd();
    }

    /** The run is over, and it is deleted. */
    void isLeft() {
        reading.isLeftBehind(place.home() + " is deleted, and was not read to its end before the stop");
    }

    /** A new session of the sink begins: where to go on is asked anew. */
    void newSession(SinkPositions destination) {
        synchronized (reading) {
            reading.newSession(destination);
            while (undelivered != null && undelivered.ended) {
                undelivered = undelivered.undelivered;
            }
            predecessor = undelivered;
            blockedSinceNanos = OptionalLong.empty();
            drainedNanos = OptionalLong.empty();
        }
    }

    /** Whether this is the session that it is in. */
    boolean isIn(SinkPositions session) {
        return reading.isIn(session);
    }

    /** Takes note of its size, between its turns or during one. */
    void observe() {
        try {
            reading.observe();
        } catch (IOException cannotTell) {
            LOG.debug("{} cannot be looked at for now", place.home(), cannotTell);
        }
    }

    /** Opens it before its turn comes. Returns whether it is open. */
    boolean hold() {
        return reading.hold();
    }

    /** Closes what {@link #hold} has opened. */
    void release() {
        reading.release();
    }

    /** Whether it holds something that is not delivered, as far as is known without a session of the sink. */
    boolean hasUnread() {
        return reading.hasUnread();
    }

    /** The run is over: what was truncated away and not delivered is lost. */
    void countTruncated() {
        reading.countTruncated();
    }

    /** Forgets generations that are over, and the file that had its name before, when they are delivered. */
    private void retireWhatIsDelivered() {
        reading.retireWhatIsDelivered();
        FollowedFile earlier = undelivered;
        // What came before that one comes before this one, too.
        if (earlier != null && (earlier.ended || predecessor == null && !earlier.hasUnread())) {
            undelivered = earlier.undelivered;
        }
    }

    /** Whether there is nothing to do, as far as a directory scan can see: everything is delivered and fixed. */
    boolean isDone(SinkPositions destination) {
        long sizeBytes = scannedBytes;
        FileIdentity identity = identity();
        Optional<CheckpointEntry> entry = parts.progress().entry(identity);
        return reading.isUntouched()
                && !reading.hasShrunk()
                && entry.isPresent()
                && entry.get().position().offset() == sizeBytes
                && entry.get().pendingBytes() == 0
                && destination.generation(inode) <= identity.generation()
                && destination
                        .of(identity)
                        .filter(known -> known.position().offset() > sizeBytes)
                        .isEmpty()
                && reading.hasSizeOfFile();
    }

    /** The state that it is in. */
    FileState state() {
        if (ended) {
            return FileState.EXPIRED;
        } else if (trouble.isThere()) {
            return FileState.BACKING_OFF;
        } else if (predecessor != null) {
            return FileState.BLOCKED;
        } else if (!reading.isBegun()) {
            return FileState.DISCOVERED;
        } else if (hasShrunk || reading.hasShrunk()) {
            return FileState.TRUNCATED;
        } else if (place.isRotated() && !reading.isBehind() && waitsForNothing() && reading.isDurable()) {
            return FileState.DRAINED;
        } else if (place.isRotated()) {
            return place.now().isEmpty() ? FileState.MISSING : FileState.ROTATED;
        }
        return !isOpen() ? FileState.CLOSED : isStill() ? FileState.IDLE : FileState.ACTIVE;
    }

    /** Whether a turn would find something to do. Asked while it has none. */
    boolean wantsTurn() {
        if (ended || trouble.isPausing()) {
            return false;
        }
        if (trouble.isThere() || predecessor != null) {
            return true;
        }
        if (!reading.isBegun()) {
            return false;
        }
        if (reading.isTailDue() || waits()) {
            return true;
        }
        if (!isOpen() || !place.isRotated() && reading.isQuietFor(ASKED)) {
            return false;
        }
        try {
            return reading.hasChanged();
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether more is known to be there than was handed on. */
    boolean hasMore() {
        return (hasShrunk || reading.hasMore()) && !trouble.isThere() && predecessor == null;
    }

    private boolean waits() {
        return place.isRotated()
                && place.now().isPresent()
                && parts.progress()
                        .entry(identity())
                        .filter(entry -> entry.pendingBytes() > 0)
                        .isPresent();
    }

    /** Whether it can be closed until somebody hears of a change. Asked while it has no turn. */
    boolean isQuiet() {
        return ended
                || waitsForNothing()
                        && reading.isDurable()
                        && (!isOpen()
                                || reading.isQuietFor(
                                        parts.settings().following().closeAfter()));
    }

    /** Whether it is not to be asked until somebody hears of a change, although it is open. Asked while it has no turn. */
    boolean isSilent() {
        return waitsForNothing() && !place.isRotated() && reading.isQuietFor(ASKED);
    }

    private boolean waitsForNothing() {
        return !trouble.isThere() && predecessor == null && !reading.hasTail() && !waits();
    }

    /** Whether nothing has happened to it for so long that it is not to be asked. */
    boolean isStill() {
        return reading.isQuietFor(ASKED);
    }

    /** Whether it is deleted, read to its end, and delivered. */
    boolean isFinished() {
        return place.now().isEmpty()
                && reading.isBegun()
                && !reading.isBehind()
                && reading.isDurable()
                && reading.isQuietFor(parts.settings().following().quietTime());
    }

    /** Reads nothing more of it for now; it is closed when all that was read is fixed. */
    void close() {
        reading.close();
        if (place.now().isEmpty() && !ended) {
            reading.isLostBehind(place.home() + " was deleted before it was read to its end");
            ended = true;
        }
    }

    /** Whether it can be closed, and opened again. */
    boolean canBeOpenedAgain() {
        return place.now().isPresent();
    }

    /** Whether all that was there at some moment was handed on, or cannot be. */
    private boolean isPast(long momentNanos) {
        OptionalLong drained = drainedNanos;
        return ended || trouble.isThere() || drained.isPresent() && drained.getAsLong() - momentNanos >= 0;
    }

    /** Reads a stretch. What cannot be read is said, and tried again later; it fails nobody else. */
    Flux<ScannedWindow> turn(SinkPositions destination) {
        long startNanos = now();
        return Flux.defer(() -> begin(destination))
                .concatWith(Flux.defer(() -> read(startNanos, destination)))
                .doOnComplete(trouble::recovered)
                .onErrorResume(FileTruncatedException.class, e -> shrank(e, destination))
                .onErrorResume(IOException.class, this::failed);
    }

    private Flux<ScannedWindow> begin(SinkPositions destination) {
        synchronized (reading) {
            try {
                hasShrunk = false;
                return reading.isIn(destination) ? reading.begin(destination).thenMany(Flux.empty()) : Flux.empty();
            } catch (IOException e) {
                return Flux.error(e);
            }
        }
    }

    private Flux<ScannedWindow> read(long startNanos, SinkPositions destination) {
        synchronized (reading) {
            try {
                return reading.isIn(destination) ? readNow(startNanos, destination) : Flux.empty();
            } catch (IOException e) {
                return Flux.error(e);
            }
        }
    }

    private Flux<ScannedWindow> readNow(long startNanos, SinkPositions destination) throws IOException {
        LogFile file = reading.file();
        boolean isLast = endsSoon;
        ObservedSize.Seen seen = reading.look();
        if (!reading.isStillThere(seen.nowBytes())) {
            return reading.beginAnew(seen).thenMany(Flux.defer(() -> read(startNanos, destination)));
        }
        reading.saw(seen);
        if (isLast) {
            reading.endsAt(seen.nowBytes());
        }
        Optional<Mono<Void>> skipped = reading.skipToFirstRecord();
        if (skipped.isPresent()) {
            return skipped.get().thenMany(Flux.defer(() -> read(startNanos, destination)));
        }
        boolean hasNothing = reading.completeLimit() == reading.reachedOffset();
        // Also where it has nothing: a file that comes after this one comes after its predecessors, too.
        if (waitsForPredecessor()) {
            return Flux.empty();
        }
        if (hasNothing) {
            drainedNanos = reading.hasTailRecord() && !isLast ? drainedNanos : OptionalLong.of(startNanos);
            return fixWhatWaited(file);
        }
        return reading.handOn(turnBytes());
    }

    private long turnBytes() {
        return (long) WINDOWS_IN_A_TURN * input().plan().windowBytes();
    }

    private Flux<ScannedWindow> shrank(FileTruncatedException e, SinkPositions destination) {
        synchronized (reading) {
            if (reading.isIn(destination)) {
                reading.shrank(e.sizeBytes());
                hasShrunk = true;
            }
        }
        return Flux.empty();
    }

    private Flux<ScannedWindow> failed(IOException e) {
        trouble.failed(e);
        return Flux.empty();
    }

    private boolean waitsForPredecessor() {
        FollowedFile earlier = predecessor;
        if (earlier == null) {
            return false;
        }
        if (blockedSinceNanos.isEmpty()) {
            blockedSinceNanos = OptionalLong.of(now());
        }
        if (!earlier.isPast(blockedSinceNanos.getAsLong())) {
            return true;
        }
        predecessor = earlier.ended ? earlier.predecessor : null;
        return predecessor != null;
    }

    private Flux<ScannedWindow> fixWhatWaited(LogFile file) throws IOException {
        Optional<CheckpointEntry> entry = parts.progress().entry(file.identity());
        if (entry.isEmpty() || entry.get().pendingBytes() == 0) {
            return Flux.empty();
        }
        if (input.afterRotation().isEmpty()) {
            return parts.preparation()
                    .nothingWaits(file.identity())
                    .then(parts.preparation().commit())
                    .thenMany(Flux.empty());
        }
        if (!waits() || place.refreshAtHome()) {
            return Flux.empty();
        }
        reading.forgetLines();
        Position delivered = entry.get().position();
        Position fixed = entry.get().fixed();
        return new WindowCursor(file, fixed, input, parts)
                .fixAfterRotation(
                        input.afterRotation(entry.get().waitingRules()).get(),
                        Math.min(delivered.offset(), fixed.offset() + turnBytes()),
                        delivered,
                        reading.seenBytes())
                .thenMany(Flux.empty());
    }
}
