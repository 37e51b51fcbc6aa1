package io.pickaroon.processor.follow;

import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.file.StreamPlaces;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.read.StartPosition;
import io.pickaroon.processor.read.WindowCursor;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.track.FileLocation;
import java.io.IOException;
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
    private static final long NOT_BEGUN = Long.MAX_VALUE;

    private final InputScanners input;
    private final FileLocation place;
    private final RunResources resources;
    private final DeliveredOffsets delivered;
    private final SeenSizes sizes;
    private final OpenCursor open;
    private final Emission emission;
    private final EarlierSessions earlier;

    /** It became shorter during its turn, and is to have another one. */
    private volatile boolean shrankInTurn;

    /** @param storedBytes its size when it was found */
    FollowReader(InputScanners input, FileLocation place, long storedBytes, RunResources resources) {
        this.input = input;
        this.place = place;
        this.resources = resources;
        LogInput settings = input.input();
        this.delivered = new DeliveredOffsets(place.inode(), resources);
        this.open = new OpenCursor(input, place, resources);
        this.sizes = new SeenSizes(settings, place, storedBytes, resources);
        this.emission = new Emission(input, place, sizes, open, resources);
        this.earlier = new EarlierSessions(settings, resources);
        if (deliveredOffset() > 0 && !open.findSameSize()) {
            sizes.startDecoded(delivered.knownBytes(identity()));
        }
    }

    SeenSizes sizes() {
        return sizes;
    }

    DeliveredOffsets delivered() {
        return delivered;
    }

    OpenCursor open() {
        return open;
    }

    Emission emission() {
        return emission;
    }

    /** In the generation that is known. */
    FileIdentity identity() {
        WindowCursor known = open.cursor();
        return known == null ? delivered.latest() : known.file().identity();
    }

    /** In a container log, the streams that are cut up to where it is emitted, or was before this session. */
    int openStreams() {
        WindowCursor known = open.cursor();
        Optional<Position> reached =
                known == null ? resources.positions().position(identity()) : Optional.of(known.reached());
        return reached.map(at -> at.streams().cuts()).orElse(0);
    }

    /** Whether nothing was ever read of it in this run. */
    boolean isUntouched() {
        return open.cursor() == null && earlier.isEmpty();
    }

    /** Up to where it was emitted. It was begun in this session. */
    long reachedOffset() {
        return open.cursor().reached().offset();
    }

    long deliveredOffset() {
        return delivered.offset(identity());
    }

    /** Up to where it was emitted, in this session or in an earlier one that has delivered it. */
    private long readOffset() {
        return Math.max(open.reachedOr(0), deliveredOffset());
    }

    /** Whether it holds something that is not delivered, as far as is known without a session of the sink. */
    boolean hasUnread() {
        return !facts().isDelivered();
    }

    /** Whether the last turn left complete records, or what followed a truncation. */
    boolean hasMore() {
        return shrankInTurn || emission.hasMoreThan(open.reachedOr(NOT_BEGUN));
    }

    FileFacts.Reading facts() {
        long reached = open.reachedOr(NOT_BEGUN);
        boolean isBegun = reached != NOT_BEGUN;
        boolean isDurable = !isBegun || delivered.isDurable(identity(), reached);
        boolean isDelivered = isDurable && !sizes.hasMoreThan(deliveredOffset());
        boolean isEmitted = sizes.seenBytes() <= reached;
        return new FileFacts.Reading(isBegun, open.isOpen(), sizes.compared(), isEmitted, isDurable, isDelivered);
    }

    FileFacts.Tail tail() {
        long reached = open.reachedOr(NOT_BEGUN);
        return reached == NOT_BEGUN ? FileFacts.Tail.NONE : emission.tail(reached);
    }

    void observe() {
        open.observe(sizes);
    }

    /**
     * Opens it before its turn comes, so that it can be read after its name is taken away. Returns whether it is open; why it
     * is not, a turn reports.
     */
    synchronized boolean hold() {
        return open.hold(identity(), sizes);
    }

    synchronized void release() {
        open.release(identity(), isUntouched());
    }

    /** A new session of the sink begins: where to go on is found out anew. */
    synchronized void newSession(SinkPositions destination) {
        delivered.newSession(destination);
        WindowCursor last = open.cursor();
        if (last != null) {
            earlier.keep(emission.remembered(last.file().identity()));
        }
        open.newSession();
        countRetiredAsLost();
    }

    private void countRetiredAsLost() {
        sizes.lose(delivered.forgetRetired(), "was truncated before what was read of it could be delivered");
    }

    /** Nothing more of it is ever read. */
    void countUnreadAsLost() {
        sizes.countUnreadAsLost(readOffset());
    }

    /** It is open, and nothing more of it is ever read. What was emitted, and is not delivered by now, is lost too. */
    void countLeftBehindAsLost() {
        countRetiredAsLost();
        try {
            sizes.observe(open.open(identity())::storedBytes);
        } catch (IOException cannotTell) {
            LOG.debug("{}: what is left of it is what was seen of it", place.home(), cannotTell);
        }
        sizes.countLeftBehindAsLost(deliveredOffset(), emission.lastOffset());
    }

    /** The run is over. What was truncated away since the last turn, and before it could be delivered, is lost. */
    synchronized void countTruncatedAsLost() {
        countRetiredAsLost();
        sizes.countTruncatedAsLost(deliveredOffset());
    }

    /** Finds out where to begin, if it is not begun in this session. */
    Mono<Void> begin(SinkPositions destination) throws IOException {
        shrankInTurn = false;
        if (open.cursor() != null) {
            return Mono.empty();
        }
        FileIdentity known = identity();
        LogFile opened = open.open(known);
        ObservedSize.Seen seen = sizes.take(opened);
        StartPosition start = earlier.findStart(opened, known, seen, destination);
        Position from = start.position();
        long emittedOffset =
                start.replayEnd().map(end -> end.position().offset()).orElse(from.offset());
        LineEnds lineEnds = LineEnds.require(opened, emittedOffset);
        LogFile file = resources.files().renumber(opened, start.identity(), place.home());
        resources.counters().resumed(earlier.isEmpty() ? from.offset() : 0);
        earlier.forget();
        if (from.offset() > 0 && start.skippedBytes() > 0) {
            resources.counters().skipped(place.home(), start.skippedBytes());
        }
        sizes.lose(EarlierSessions.lostBytes(start, seen), "was truncated before it was read");
        startFrom(file, from, seen.nowBytes());
        emission.startFrom(from.offset(), emittedOffset, lineEnds);
        boolean isNew = start.isNew() || seen.hasShrunk() && from.equals(Position.START);
        int resets = start.past().resets();
        Mono<Void> begun = isNew ? resources.commits().queue(c -> c.begin(file, from, resets)) : Mono.empty();
        Mono<Void> retired = known.equals(start.identity())
                ? Mono.empty()
                : resources.commits().queue(c -> c.retire(known));
        Mono<Void> replayed = start.replayEnd()
                .map(end -> open.cursor().replay(end, seen.nowBytes()))
                .orElse(Mono.empty());
        return begun.then(retired).then(replayed);
    }

    private void startFrom(LogFile file, Position from, long sizeBytes) {
        open.start(file, from);
        sizes.startFrom(sizeBytes);
        resources.counters().opened(input.input(), file.identity(), from);
    }

    /** Finds out whether what was emitted is still there; if not, the file was truncated. */
    boolean findUnchanged(ObservedSize.Seen seen) throws IOException {
        return emission.findUnchanged(open.cursor(), seen.nowBytes());
    }

    /** What was read is no longer there: offsets mean other content from now on. */
    Mono<Void> beginNextGeneration(ObservedSize.Seen seen) throws IOException {
        LogFile file = open.cursor().file();
        long reached = reachedOffset();
        LOG.info("{} was truncated after {} bytes of it were read; it is read from its start", file, reached);
        sizes.lose(seen.lostBytes(readOffset(), false), "was truncated");
        FileIdentity next = file.identity().ofGeneration(file.identity().generation() + 1);
        delivered.retire(file.identity(), reached);
        LogFile anew = resources.files().renumber(file, next, place.home());
        startFrom(anew, Position.START, sizes.take(anew).nowBytes());
        emission.startFrom(0, 0, LineEnds.UNKNOWN);
        resources.counters().available(file.identity(), reached);
        sizes.changed();
        int resets = resources.positions().resets(anew.identity());
        return resources.commits().queue(c -> c.begin(anew, Position.START, resets));
    }

    /** Whether it was emitted up to where {@link Emission#endAt} says. */
    boolean isAtLastOffset() {
        return open.reachedOr(-1) >= emission.lastOffset();
    }

    /** It became shorter while it was scanned. The next turn sees what is there. */
    void shrinkTo(long sizeBytes) {
        // What was seen of it while the turn waited is lost, too, unless it has grown beyond that again.
        observe();
        shrankInTurn = true;
        long kept = Math.max(sizeBytes, reachedOffset());
        sizes.shrinkTo(kept, readOffset());
        emission.shrinkTo(kept, reachedOffset());
    }

    /** Where nothing was read yet: passes what belongs to no record, and makes that durable. Empty if there is no such thing. */
    Optional<Mono<Void>> skipToFirstRecord() throws IOException {
        LogFile file = open.cursor().file();
        long offset = emission.findFirstRecord(file, reachedOffset());
        if (offset == 0) {
            return Optional.empty();
        }
        resources.counters().skipped(place.home(), offset);
        return Optional.of(startAgainFrom(new Position(offset, true)));
    }

    /**
     * In a container log, of which nothing was read yet: its first records are tails where the file that had its name before ended
     * in the middle of a message. Makes that durable. Empty if there is no such thing.
     *
     * @param openStreams see {@link StreamPlaces#cuts}
     */
    Optional<Mono<Void>> goOnWith(int openStreams) throws IOException {
        return openStreams == 0 || !open.cursor().reached().equals(Position.START)
                ? Optional.empty()
                : Optional.of(startAgainFrom(new Position(0, true, StreamPlaces.of(0, 0, openStreams))));
    }

    private Mono<Void> startAgainFrom(Position from) throws IOException {
        LogFile file = open.cursor().file();
        LineEnds lineEnds = LineEnds.require(file, from.offset());
        startFrom(file, from, sizes.seenBytes());
        emission.startFrom(from.offset(), from.offset(), lineEnds);
        int resets = resources.positions().resets(file.identity());
        return resources.commits().queue(c -> c.begin(file, from, resets));
    }

    /** Finds out whether there is something to emit. */
    boolean findMore() throws IOException {
        return emission.findLimit(open.cursor()) != reachedOffset();
    }

    /** Emits what comes next, a bounded stretch of it. */
    Flux<ScannedWindow> emit(long mostBytes) throws IOException {
        WindowCursor through = open.cursor();
        return emission.emit(
                through,
                mostBytes,
                offset -> resources.positions().isDurable(identity(), offset),
                (file, window) -> requireUnchanged(through, file, window));
    }

    private synchronized void requireUnchanged(WindowCursor through, LogFile file, ScannedWindow window)
            throws IOException {
        if (through == open.cursor()) {
            emission.require(file, window);
        }
    }

    /** It could not be read: takes another handle of it, if it is somewhere. */
    void reopen() {
        place.now().ifPresent(at -> resources.files().reopen(identity(), at));
    }

    /** It has no name, and cannot be read any more: what is left of it is lost. */
    synchronized void abandon() {
        close();
        resources.files().abandon(identity());
    }

    /** Reads nothing more of it for now; it is closed when all that was read is fixed. */
    synchronized void close() {
        if (!open.close()) {
            release();
        }
    }
}
