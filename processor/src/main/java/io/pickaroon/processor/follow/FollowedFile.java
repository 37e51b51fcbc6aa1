package io.pickaroon.processor.follow;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.read.Pace;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.track.FileLocation;
import io.pickaroon.processor.track.TrackedFile;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * One file that is followed, from when it is found until it is gone: where it is, how far it is read, what is next. Directory
 * scans find out where it is. Any thread may ask; each part says who may change it. Decides nothing about other files.
 */
public final class FollowedFile implements TrackedFile<FollowedFile> {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedFile.class);

    private final FileLocation place;
    private final FollowReader reading;
    private final Predecessors predecessors = new Predecessors();
    private final RetryBackoff trouble;
    private final FollowTurns turns;
    private final RunResources resources;
    private final FileFacts.Limits limits;
    private final Optional<Pace> pace;

    private volatile boolean isExpired;
    /** The size that the last directory scan saw. */
    private volatile long scannedBytes;

    public FollowedFile(InputScanners input, Path home, FileSighting sighting, RunResources resources) {
        this.resources = resources;
        this.pace = resources.pace(input.input());
        this.scannedBytes = sighting.sizeBytes();
        this.place = new FileLocation(home, sighting, resources.machine());
        this.reading = new FollowReader(input, place, sighting.sizeBytes(), resources);
        this.trouble = new RetryBackoff(input.input(), home, resources);
        this.turns = new FollowTurns(input, reading, place, predecessors, trouble, resources);
        this.limits = FileFacts.Limits.of(resources.settings().following());
        turns.noteUnread(false);
    }

    @Override
    public FileIdentity identity() {
        return reading.identity();
    }

    @Override
    public FileLocation place() {
        return place;
    }

    FileState state(long nowNanos) {
        return facts(nowNanos).state(limits);
    }

    /** What is next in a session of the sink, while it waits for no turn. */
    NextStep next(long nowNanos) {
        return facts(nowNanos).next(limits);
    }

    /** What is next while no destination takes anything. */
    NextStep nextWithoutSession(long nowNanos) {
        return facts(nowNanos).nextWithoutSession(limits);
    }

    private FileFacts facts(long nowNanos) {
        FileFacts.Place where = FileFacts.Place.of(place);
        boolean hasPendingFixes = where == FileFacts.Place.ROTATED
                && resources.positions().waiting(identity()).isPresent();
        return new FileFacts(
                obstacle(),
                where,
                reading.facts(),
                reading.tail(),
                hasPendingFixes,
                reading.sizes().quietNanos(nowNanos));
    }

    private FileFacts.Obstacle obstacle() {
        if (isExpired) {
            return FileFacts.Obstacle.END;
        } else if (trouble.isThere()) {
            return trouble.isPausing() ? FileFacts.Obstacle.RETRY_PAUSE : FileFacts.Obstacle.RETRY_DUE;
        }
        return predecessors.unread() == null ? FileFacts.Obstacle.NONE : FileFacts.Obstacle.PREDECESSOR;
    }

    /** How fast its input may be read; empty: as fast as possible. */
    Optional<Pace> pace() {
        return pace;
    }

    boolean isOpen() {
        return reading.open().isOpen();
    }

    /** Whether it needs no place among the open files: it has one, perhaps because what was read of it is not done. */
    boolean isHeld() {
        return isOpen() || resources.files().isOpen(identity());
    }

    /** Whether nothing more of it is ever read. */
    boolean isExpired() {
        return isExpired;
    }

    /** Whether it has expired, and nothing that was read of it before a truncation can get lost any more. */
    @Override
    public boolean isForgettable() {
        return isExpired && !reading.delivered().hasRetired();
    }

    /** Whether it is deleted, and can be read only for as long as it is open. */
    boolean isOnlyOpen() {
        return !isExpired && place.now().isEmpty() && isHeld();
    }

    /** Whether it is, or may be, deleted, and can be read only for as long as it is open. */
    boolean mayBeOnlyOpen() {
        return isOnlyOpen() || !isExpired && place.isUnknown() && isHeld();
    }

    @Override
    public void comesAfter(FollowedFile earlier) {
        predecessors.add(earlier);
    }

    /** In a container log, the streams that were cut at its end, or up to where it is read, as {@code StreamPlaces.cuts} has them. */
    int openStreams() {
        return reading.openStreams();
    }

    Predecessors predecessors() {
        return predecessors;
    }

    /** The file whose turn must come before this one's; null if there is none. */
    FollowedFile predecessor() {
        return predecessors.unread();
    }

    @Override
    public Optional<FollowedFile> undeliveredPredecessor() {
        return predecessors.undelivered();
    }

    @Override
    public boolean foundAt(
            FileSighting sighting, boolean homeLeadsElsewhere, boolean isNew, SinkPositions destination) {
        forgetWhatIsDelivered();
        scannedBytes = sighting.sizeBytes();
        resources.counters().deleted(identity(), false);
        boolean isNewlyRotated = place.foundAt(sighting.path(), homeLeadsElsewhere);
        if (isNewlyRotated) {
            reading.sizes().changed();
        }
        if (reading.sizes().observedBytes() != sighting.sizeBytes()) {
            observe();
        }
        boolean hasChanged = reading.sizes().hasChangedTo(sighting.sizeBytes());
        return isNewlyRotated || (isNew ? findWork(destination) : hasChanged);
    }

    @Override
    public void markMissing() {
        forgetWhatIsDelivered();
        if (place.markMissing()) {
            LOG.info("{} is gone{}", place.home(), isHeld() ? "; what is left of it is read" : "");
            resources.counters().deleted(identity(), true);
            reading.sizes().changed();
        }
        if (!isHeld()) {
            expire();
        }
    }

    @Override
    public long knownBytes(CheckpointEntry entry) {
        return isExpired ? 0 : reading.sizes().knownBytes();
    }

    private void expire() {
        if (!isExpired) {
            reading.countUnreadAsLost();
            isExpired = true;
            resources.counters().available(identity(), 0);
        }
    }

    private void forgetWhatIsDelivered() {
        reading.delivered().forgetDelivered();
        predecessors.forgetDelivered();
    }

    void endSoon() {
        turns.endSoon();
    }

    /** Its turns hold no record back any more. Returns whether the next one can emit such a record. */
    boolean endContext() {
        return reading.emission().endContext(reading.open().reachedOr(-1)) && !isExpired && !trouble.isThere();
    }

    /** Whether its last turns have emitted all that it held, or cannot. Valid while it has no turn. */
    boolean hasEmittedLast() {
        return isExpired || trouble.isThere() || reading.isAtLastOffset();
    }

    /** The run is over, and it is deleted. */
    void countLeftBehindAsLost() {
        isExpired = true;
        reading.countLeftBehindAsLost();
    }

    /** The run is over, and where it is was not found out: says so if it may hold something. */
    void reportIfUnknown() {
        if (place.isUnknown() && hasUnread()) {
            LOG.warn("{}; if it is there at the next start, it is read on", place.unknownText());
        }
    }

    /** The run is over: what was truncated away and not delivered is lost. */
    void countTruncatedAsLost() {
        reading.countTruncatedAsLost();
    }

    /** A new session of the sink begins. Returns whether it is to be read. */
    boolean beginSession(SinkPositions destination) {
        turns.newSession(destination);
        turns.noteUnread(isExpired);
        return findWork(destination);
    }

    boolean isIn(SinkPositions session) {
        return reading.delivered().isIn(session);
    }

    /** Takes note of its size, between its turns or during one. */
    void observe() {
        reading.observe();
        turns.noteUnread(isExpired);
    }

    /** Takes note of its size if the next step depends on it. */
    void poll(long nowNanos) {
        boolean isIdle = reading.sizes().quietNanos(nowNanos) >= limits.idleNanos();
        if (FileFacts.isPolled(obstacle(), FileFacts.Place.of(place), isOpen(), isIdle)) {
            observe();
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

    /** Whether more is known to be there than was emitted, and can be read. */
    boolean hasMore() {
        return reading.hasMore() && !trouble.isThere() && predecessors.unread() == null;
    }

    /** Finds out whether there is something to do, as far as a directory scan can see; if not, all is delivered and fixed. */
    private boolean findWork(SinkPositions destination) {
        long sizeBytes = scannedBytes;
        FileIdentity identity = identity();
        Optional<CheckpointEntry> entry = resources.positions().entry(identity);
        boolean isDone = reading.isUntouched()
                && !reading.sizes().hasShrunk()
                && entry.isPresent()
                && entry.get().position().offset() == sizeBytes
                && entry.get().pendingBytes() == 0
                && destination.generation(identity) <= identity.generation()
                && destination.offset(identity) <= sizeBytes
                && reading.open().findSameSize();
        return !isDone;
    }

    /** Reads nothing more of it for now; it is closed when all that was read is fixed. */
    void close() {
        reading.close();
        if (place.now().isEmpty()) {
            expire();
        }
    }

    /** Whether all that was there at some moment was emitted, or cannot be. */
    boolean isReadSince(long momentNanos) {
        return isExpired || trouble.isThere() || turns.foundNothingSince(momentNanos);
    }

    Flux<ScannedWindow> turn(SinkPositions destination) {
        return turns.turn(destination);
    }
}
