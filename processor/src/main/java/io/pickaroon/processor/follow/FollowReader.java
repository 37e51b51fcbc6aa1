package io.pickaroon.processor.follow;

import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.read.StartPosition;
import io.pickaroon.processor.read.WindowCursor;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.track.FileLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How far a followed file is read: in which generation, and through which open file. It changes in turns of the file, of which
 * there is one at a time in each session of the sink; a turn that is cancelled with its session runs to its end on its
 * thread, and changes nothing any more. What changes it is synchronized, or called by {@link FollowTurns} under the same lock;
 * any thread may ask. Decides nothing about when it is read.
 */
final class FollowReader {
    private static final Logger LOG = LoggerFactory.getLogger(FollowReader.class);

    private final InputScanners input;
    private final FileLocation place;
    private final RunResources resources;
    private final DeliveredOffsets delivered;
    private final SeenSizes sizes;
    private final FileOpening opening;
    private final Emission emission;
    private final EarlierSessions earlier;

    /** Null until the first turn of a session. */
    private volatile WindowCursor cursor;

    private volatile boolean isOpen;
    private Position openedAt;
    /** It became shorter during its turn, and is to have another one. */
    private volatile boolean shrankInTurn;
    /** @param storedBytes its size when it was found */
    FollowReader(
            InputScanners input, FileIdentity inode, FileLocation place, long storedBytes, RunResources resources) {
        this.input = input;
        this.place = place;
        this.resources = resources;
        LogInput settings = input.input();
        this.delivered = new DeliveredOffsets(inode, resources);
        this.opening = new FileOpening(settings, place, resources);
        this.sizes = new SeenSizes(
                settings,
                place,
                storedBytes,
                resources.counters(),
                resources.machine().nanoTime());
        this.emission = new Emission(settings, place, sizes, opening, resources);
        this.earlier = new EarlierSessions(settings, resources);
        if (deliveredOffset() > 0 && !opening.findSameSize()) {
            sizes.startDecoded(delivered.knownBytes(identity()));
        }
    }

    SeenSizes sizes() {
        return sizes;
    }

    DeliveredOffsets delivered() {
        return delivered;
    }

    FileOpening opening() {
        return opening;
    }

    Emission emission() {
        return emission;
    }

    /** In the generation that is known. */
    FileIdentity identity() {
        WindowCursor known = cursor;
        return known == null ? delivered.latest() : known.file().identity();
    }

    /** Whether nothing was ever read of it in this run. */
    boolean isUntouched() {
        return cursor == null && earlier.isEmpty();
    }

    boolean isOpen() {
        return isOpen;
    }

    /** Up to where it was emitted. It was begun in this session. */
    long reachedOffset() {
        return cursor.reached().offset();
    }

    private long deliveredOffset() {
        return delivered.offset(identity());
    }

    /** Up to where it was emitted, in this session or in one before that has delivered it. */
    private long readOffset() {
        WindowCursor known = cursor;
        return Math.max(known == null ? 0 : known.reached().offset(), deliveredOffset());
    }

    /** Whether it holds something that is not delivered, as far as is known without a session of the sink. */
    boolean hasUnread() {
        return sizes.hasMoreThan(deliveredOffset()) || !isDurable();
    }

    private boolean isDurable() {
        WindowCursor known = cursor;
        return known == null || delivered.isDurable(identity(), known.reached().offset());
    }

    /** Whether the last turn left complete records, or what followed a truncation. */
    boolean hasMore() {
        WindowCursor known = cursor;
        return shrankInTurn
                || known != null && emission.hasMoreThan(known.reached().offset());
    }

    FileFacts.Reading facts() {
        WindowCursor known = cursor;
        boolean isEmitted =
                known == null || sizes.seenBytes() <= known.reached().offset();
        return new FileFacts.Reading(known != null, isOpen, sizes.compared(), isEmitted, isDurable(), !hasUnread());
    }

    FileFacts.Tail tail() {
        WindowCursor known = cursor;
        return known == null
                ? FileFacts.Tail.NONE
                : emission.tail(known.reached().offset());
    }

    /** Takes note of its present size; may be called during a turn. */
    void observe() throws IOException {
        WindowCursor known = cursor;
        LogFile open = isOpen && known != null ? known.file() : opening.held();
        Optional<Path> at = place.now();
        if (open != null) {
            sizes.observe(open::storedBytes);
        } else if (at.isPresent()) {
            sizes.observe(() -> place.sizeBytes(at.get(), sizes.observedBytes()));
        }
    }

    /**
     * Opens it before its turn comes, so that it can be read whatever becomes of its name. Returns whether it is open; why
     * it is not, a turn reports.
     */
    synchronized boolean hold() {
        return opening.hold(identity(), sizes);
    }

    /** Closes it again, if nothing was read of it meanwhile. */
    synchronized void release() {
        opening.release(identity(), isUntouched());
    }

    /** A new session of the sink begins: where to go on is found out anew. */
    synchronized void newSession(SinkPositions destination) {
        delivered.newSession(destination);
        WindowCursor last = cursor;
        if (last != null) {
            earlier.keep(emission.remembered(last.file().identity()));
            if (isOpen) {
                opening.keep(last.file());
            }
        }
        cursor = null;
        isOpen = false;
        countRetiredAsLost();
    }

    private void countRetiredAsLost() {
        sizes.lose(
                delivered.forgetRetired(),
                place.home() + " was truncated before what was read of it could be delivered");
    }

    /** Nothing more of it is ever read. */
    void countUnreadAsLost(String because) {
        sizes.countUnreadAsLost(readOffset(), because);
    }

    /** It is open, and nothing more of it is ever read. What was emitted, and is not delivered by now, is lost too. */
    void countLeftBehindAsLost(String because) {
        countRetiredAsLost();
        try {
            sizes.observe(opening.open(identity())::storedBytes);
        } catch (IOException cannotTell) {
            LOG.debug("{}: what is left of it is what was seen of it", place.home(), cannotTell);
        }
        sizes.countLeftBehindAsLost(deliveredOffset(), emission.lastOffset(), because);
    }

    /** The run is over. What was truncated away since the last turn, and before it could be delivered, is lost. */
    synchronized void countTruncatedAsLost() {
        countRetiredAsLost();
        sizes.countTruncatedAsLost(deliveredOffset());
    }

    /** Finds out where to begin, if it is not begun in this session. */
    Mono<Void> begin(SinkPositions destination) throws IOException {
        shrankInTurn = false;
        if (cursor != null) {
            return Mono.empty();
        }
        LogFile opened = opening.open(identity());
        ObservedSize.Seen seen = sizes.take(opened);
        StartPosition start = earlier.findStart(opened, identity(), seen, destination);
        LogFile file = resources.files().renumber(opened, start.identity(), place.home());
        Position from = start.position();
        if (earlier.isEmpty()) {
            resources.counters().resumed(from.offset());
        }
        earlier.forget();
        opening.takeHeld();
        if (from.offset() > 0 && start.skippedBytes() > 0) {
            resources.counters().skipped(place.home(), start.skippedBytes());
        }
        sizes.lose(EarlierSessions.lostBytes(start, seen), place.home() + " was truncated before it was read");
        long sizeBytes = seen.nowBytes();
        startFrom(file, from, sizeBytes);
        start.replayEnd()
                .ifPresent(end -> emission.continueFrom(file, end.position().offset()));
        boolean isNew = start.isNew() || seen.hasShrunk() && from.equals(Position.START);
        Mono<Void> begun = isNew ? resources.commits().begin(file, from, start.resets()) : Mono.empty();
        Mono<Void> replayed =
                start.replayEnd().map(end -> cursor.replay(end, sizeBytes)).orElse(Mono.empty());
        return begun.then(replayed);
    }

    private void startFrom(LogFile file, Position from, long sizeBytes) {
        cursor = new WindowCursor(file, from, input, resources);
        isOpen = true;
        openedAt = from;
        sizes.startFrom(sizeBytes);
        opening.begin(file);
        emission.startFrom(file, from.offset());
        resources.counters().opened(input.input(), file.identity(), from);
    }

    /** The file, opened again if it was closed. It was begun in this session. */
    LogFile file() throws IOException {
        if (!isOpen) {
            LogFile file = opening.open(identity());
            // If it was not closed yet, some of what was read before still waits to be fixed.
            if (!file.equals(cursor.file())) {
                cursor = cursor.through(file);
                openedAt = cursor.reached();
            }
            isOpen = true;
        }
        return cursor.file();
    }

    /** Finds out whether what was emitted is still there; if not, the file was truncated. */
    boolean findUnchanged(ObservedSize.Seen seen) throws IOException {
        return emission.findUnchanged(cursor, seen.nowBytes());
    }

    /** What was read is no longer there: offsets mean other content from now on. */
    Mono<Void> beginNextGeneration(ObservedSize.Seen seen) throws IOException {
        LogFile file = cursor.file();
        long reached = reachedOffset();
        LOG.info("{} was truncated after {} bytes of it were read; it is read from its start", file, reached);
        sizes.lose(seen.lostBytes(readOffset(), false), place.home() + " was truncated");
        FileIdentity next = file.identity().ofGeneration(file.identity().generation() + 1);
        delivered.retire(file.identity(), reached);
        LogFile anew = resources.files().renumber(file, next, place.home());
        startFrom(anew, Position.START, sizes.take(anew).nowBytes());
        sizes.changed();
        return resources
                .commits()
                .begin(anew, Position.START, resources.positions().resets(anew.identity()));
    }

    /** Whether it was emitted up to where {@link Emission#endAt} says. */
    boolean isAtLastOffset() {
        WindowCursor known = cursor;
        return known != null && known.reached().offset() >= emission.lastOffset();
    }

    /** It became shorter while it was scanned. The next turn sees what is there. */
    void shrinkTo(long sizeBytes) {
        shrankInTurn = true;
        long kept = Math.max(sizeBytes, reachedOffset());
        sizes.shrinkTo(kept, readOffset());
        emission.shrinkTo(kept, reachedOffset());
    }

    /** Where nothing was read yet: passes what belongs to no record, and makes that durable. Empty if there is no such thing. */
    Optional<Mono<Void>> skipToFirstRecord() throws IOException {
        LogFile file = cursor.file();
        long offset = emission.findFirstRecord(file, reachedOffset());
        if (offset == 0) {
            return Optional.empty();
        }
        Position from = new Position(offset, true);
        startFrom(file, from, sizes.seenBytes());
        resources.counters().skipped(place.home(), offset);
        return Optional.of(
                resources.commits().begin(file, from, resources.positions().resets(file.identity())));
    }

    /** Finds out whether there is something to emit. */
    boolean findMore() throws IOException {
        return emission.findLimit(cursor) != reachedOffset();
    }

    /** Emits what comes next, a bounded stretch of it. */
    Flux<ScannedWindow> emit(long mostBytes) throws IOException {
        WindowCursor through = cursor;
        return emission.emit(
                through,
                mostBytes,
                offset -> resources.positions().isDurable(identity(), offset),
                (file, window) -> requireUnchanged(through, file, window));
    }

    private synchronized void requireUnchanged(WindowCursor through, LogFile file, ScannedWindow window)
            throws IOException {
        if (through == cursor) {
            emission.require(file, window);
        }
    }

    /** Reads nothing more of it for now; it is closed when all that was read is fixed. */
    synchronized void close() {
        if (isOpen) {
            isOpen = false;
            resources.files().readingEnded(cursor.file(), openedAt, cursor.reached());
        } else {
            release();
        }
    }
}
