package io.pickaroon.processor.follow;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.read.FollowedContent;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.read.StartPosition;
import io.pickaroon.processor.read.WindowCursor;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.track.FileLocation;
import io.pickaroon.processor.window.ContentStart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How far a followed file was read: in which generation, through which open file, and what was seen of it and not read
 * yet. It changes in turns of the file, of which there is one at a time in each session of the sink; a turn that is
 * cancelled with its session runs to its end on its thread, and changes nothing any more. What changes it is synchronized,
 * the rest may be called by any thread.
 */
final class FollowReader {
    private static final Logger LOG = LoggerFactory.getLogger(FollowReader.class);

    private final InputScanners input;
    private final FileIdentity inode;
    private final FileLocation place;
    private final RunResources parts;
    private final RetiredGenerations retired;
    private final FollowedContent followed;
    private final TruncationDetector content;

    /** Null until the first turn of a session. */
    private volatile WindowCursor pass;
    /** Opened before the first turn of a session; null if it was not. */
    private volatile LogFile held;

    private volatile boolean isOpen;
    /** Nothing but NULs is in it, so far. */
    private boolean isBlank;

    private Position openedAt;
    /** The size that the last turn saw. */
    private volatile long seenBytes;
    /** The same as it is stored. */
    private volatile long storedBytes;
    /** Whether the last turn has seen other content than is stored; before it, whether an earlier run has. */
    private volatile boolean isDecoded;
    /** How much content was known when it had the stored size. */
    private volatile long contentBytes;

    private final ObservedSize observed;

    private volatile long changedNanos;
    /** What is written behind it is not read any more. */
    private volatile long lastEndOffset = Long.MAX_VALUE;

    /** Those of the session that it is in. */
    private volatile SinkPositions destination = SinkPositions.UNKNOWN;

    private Optional<StartPosition.Remembered> remembered = Optional.empty();
    private final UnfinishedRecord tail;

    /** @param storedBytes its size when it was found */
    FollowReader(InputScanners input, FileIdentity inode, FileLocation place, long storedBytes, RunResources parts) {
        this.input = input;
        this.inode = inode;
        this.place = place;
        this.parts = parts;
        LogInput settings = input.input();
        this.followed = new FollowedContent(settings, parts.machine());
        this.content =
                new TruncationDetector(settings.plan().format().hasLineFeedsBetweenAll() || !settings.hasFixes());
        this.retired = new RetiredGenerations(parts.progress());
        this.tail = new UnfinishedRecord(
                input.input().tail(), parts.settings().following().quietTime(), place, this::isQuietFor);
        this.seenBytes = storedBytes;
        this.storedBytes = storedBytes;
        this.observed = new ObservedSize(storedBytes);
        this.isDecoded = deliveredOffset() > 0 && !hasSizeOfFile();
        this.contentBytes = isDecoded ? knownBytes() : storedBytes;
        changed();
    }

    /** Whether this is the session that it is in: a turn of an earlier one is to change nothing. */
    boolean isIn(SinkPositions session) {
        return destination == session;
    }

    /** In the generation that is known. */
    FileIdentity identity() {
        WindowCursor known = pass;
        return known == null
                ? inode.ofGeneration(parts.progress().generation(inode))
                : known.file().identity();
    }

    /** Something has happened to the file that may go on. */
    void changed() {
        changedNanos = parts.machine().nanoTime().getAsLong();
    }

    /** Whether nothing has happened to it for so long. */
    boolean isQuietFor(Duration time) {
        return parts.machine().nanoTime().getAsLong() - changedNanos >= time.toNanos();
    }

    /** Whether it was begun in this session. */
    boolean isBegun() {
        return pass != null;
    }

    /** Whether nothing was ever read of it in this run. */
    boolean isUntouched() {
        return pass == null && remembered.isEmpty();
    }

    boolean isOpen() {
        return isOpen;
    }

    /** The size that the last turn saw. */
    long seenBytes() {
        return seenBytes;
    }

    /** Up to where it was handed on. It was begun in this session. */
    long reachedOffset() {
        return pass.reached().offset();
    }

    /** Whether more was seen than was handed on. */
    boolean isBehind() {
        WindowCursor known = pass;
        return known != null && isBehind(known.reached().offset());
    }

    private boolean isBehind(long offset) {
        return seenBytes > offset || isOtherwiseStored();
    }

    private boolean isOtherwiseStored() {
        return observed.hasShrunk() || observed.bytes() != storedBytes;
    }

    /** Whether it holds something that is not delivered, as far as is known without a session of the sink. */
    boolean hasUnread() {
        return isBehind(deliveredOffset()) || !isDurable();
    }

    /** Whether all that was handed on is delivered, and the checkpoint has it. */
    boolean isDurable() {
        WindowCursor known = pass;
        if (known == null || known.reached().offset() == 0) {
            return true;
        }
        long reached = known.reached().offset();
        return deliveredOffset() >= reached && parts.progress().isDurable(identity(), reached);
    }

    /** Whether complete records are known that were not handed on. */
    boolean hasMore() {
        WindowCursor known = pass;
        return known != null && tail.limitOffset() > known.reached().offset();
    }

    /** Whether a record at the end is to be handed on that nobody has ended. */
    boolean isTailDue() {
        WindowCursor known = pass;
        return known != null && tail.isDue(known.reached().offset(), seenBytes);
    }

    /** Whether one is there that is to be handed on later. */
    boolean hasTail() {
        WindowCursor known = pass;
        return known != null && tail.isThere(known.reached().offset(), seenBytes);
    }

    /** Whether a record is there of which every line is complete. */
    boolean hasTailRecord() {
        return tail.hasRecord(reachedOffset());
    }

    /** Whether sizes that are seen from outside are those of its content. It is somewhere, and not open. */
    boolean hasSizeOfFile() {
        return place.now().filter(followed::hasSizeOfFile).isPresent();
    }

    /** Whether this is another size than it had at the last turn, as it is seen from outside, or it shrank in between. */
    boolean hasChanged(long storedSizeBytes) {
        return observed.hasShrunk() || storedSizeBytes != storedBytes;
    }

    /** The size that was seen last, in a turn or outside of it, as it is stored. */
    long observedBytes() {
        return observed.bytes();
    }

    /** Whether content was seen since the last turn that is truncated away. */
    boolean hasShrunk() {
        return observed.hasShrunk();
    }

    /** Whether its size is another one than the last turn saw. It is open. */
    boolean hasChanged() throws IOException {
        observe();
        return isOtherwiseStored();
    }

    /** Takes note of its present size; may be called during a turn. */
    void observe() throws IOException {
        WindowCursor known = pass;
        LogFile open = isOpen && known != null ? known.file() : held;
        Optional<Path> at = place.now();
        if (open != null) {
            observe(open);
        } else if (at.isPresent()) {
            observe(() -> place.sizeBytes(at.get(), observed.bytes()));
        }
    }

    private void observe(LogFile open) throws IOException {
        observe(open::storedBytes);
    }

    private void observe(ObservedSize.Source source) throws IOException {
        if (observed.observe(source)) {
            changed();
        }
    }

    /**
     * Opens it before its turn comes, so that it can be read whatever becomes of its name. Returns whether it is open; why
     * it is not, a turn says.
     */
    synchronized boolean hold() {
        try {
            held = openAgain();
            observe(held);
            return true;
        } catch (IOException notNow) {
            return false;
        }
    }

    /** Closes it again, if nothing was read of it meanwhile. */
    synchronized void release() {
        if (held != null && isUntouched()) {
            parts.files().abandon(identity());
        }
        held = null;
    }

    /** A new session of the sink begins: where to go on is asked anew. */
    synchronized void newSession(SinkPositions destination) {
        this.destination = destination;
        WindowCursor last = pass;
        if (last != null) {
            remembered = Optional.of(content.remembered(last.file().identity(), seenBytes));
            held = isOpen ? last.file() : held;
        }
        pass = null;
        isOpen = false;
        loseRetired();
    }

    private void loseRetired() {
        lose(
                retired.forgetAll(destination),
                place.home() + " was truncated before what was read of it could be delivered");
    }

    /** Whether generations are over that are not delivered. */
    boolean hasRetired() {
        return !retired.isEmpty();
    }

    /** Forgets generations that are over, and delivered. */
    void retireWhatIsDelivered() {
        retired.forgetDelivered();
    }

    /** Nothing more of it will ever be read. */
    void isLostBehind(String because) {
        lose(unreadBytes(readOffset()), because);
        observed.startFrom(observed.bytes());
    }

    /** Bytes that were seen and are not read, whether or not they are still there. */
    private long unreadBytes(long offset) {
        ObservedSize.Seen seen = observed.seen();
        long unread = Math.max(0, peakBytes(seen) - offset) + seen.laterBytes();
        return seen.hasShrunk() ? unread + seen.nowBytes() : unread;
    }

    /** The size of its content before it shrank; what was written since the last turn counts as it is stored. */
    private long peakBytes(ObservedSize.Seen seen) {
        return isDecoded ? contentBytes + Math.max(0, seen.peakBytes() - storedBytes) : seen.peakBytes();
    }

    /** The size of its content that an earlier run has seen. */
    private long knownBytes() {
        long checkpointBytes = parts.progress()
                .entry(identity())
                .map(CheckpointEntry::sizeBytes)
                .orElse(0L);
        return Math.max(checkpointBytes, deliveredOffset());
    }

    private void saw(long sizeBytes) {
        seenBytes = sizeBytes;
        contentBytes = sizeBytes;
    }

    /** By what was acknowledged, or by what the destination knew as the session began. */
    private long deliveredOffset() {
        return Math.max(
                parts.progress().position(identity()).map(Position::offset).orElse(0L),
                destination
                        .of(identity())
                        .map(known -> known.position().offset())
                        .orElse(0L));
    }

    /** Up to where it was handed on, in this session or in one before that has delivered it. */
    private long readOffset() {
        WindowCursor known = pass;
        return Math.max(known == null ? 0 : known.reached().offset(), deliveredOffset());
    }

    /** It is open, and nothing more of it will ever be read. What was handed on, and is not delivered by now, is lost too. */
    void isLeftBehind(String because) {
        loseRetired();
        try {
            observe(openAgain());
        } catch (IOException cannotTell) {
            LOG.debug("{}: what is left of it is what was seen of it", place.home(), cannotTell);
        }
        long unread = unreadBytes(deliveredOffset());
        lose(observed.hasShrunk() ? unread : Math.min(lastEndOffset - deliveredOffset(), unread), because);
    }

    /** The run is over. What was truncated away since the last turn, and before it could be delivered, is lost. */
    synchronized void countTruncated() {
        loseRetired();
        if (observed.hasShrunk()) {
            lose(unreadBytes(deliveredOffset()) - observed.bytes(), place.home() + " was truncated before it was read");
        }
    }

    /** Finds out where to begin, if it is not begun in this session. */
    Mono<Void> begin(SinkPositions destination) throws IOException {
        if (pass != null) {
            return Mono.empty();
        }
        LogFile opened = openAgain();
        ObservedSize.Seen seen = look(opened);
        StartPosition start = StartPosition.of(opened, input.input(), parts.progress(), destination, remembered(seen));
        LogFile file = parts.files().renumber(opened, start.identity(), place.home());
        Position from = start.position();
        if (remembered.isEmpty()) {
            parts.counters().resumed(from.offset());
        }
        remembered = Optional.empty();
        held = null;
        if (from.offset() > 0 && start.skippedBytes() > 0) {
            parts.counters().skipped(place.home(), start.skippedBytes());
        }
        lose(lostBytes(start, seen), place.home() + " was truncated before it was read");
        long sizeBytes = seen.nowBytes();
        startFrom(file, from, sizeBytes);
        start.replayEnd()
                .ifPresent(end -> content.startFrom(file, end.position().offset()));
        boolean isNew = start.isNew() || seen.hasShrunk() && from.equals(Position.START);
        Mono<Void> begun = isNew ? parts.preparation().begin(file, from, start.resets()) : Mono.empty();
        Mono<Void> replayed =
                start.replayEnd().map(end -> pass.replay(end, sizeBytes)).orElse(Mono.empty());
        return begun.then(replayed);
    }

    /** What this process remembers: also of a file that it has only seen from outside, if that has shrunk since. */
    private Optional<StartPosition.Remembered> remembered(ObservedSize.Seen seen) {
        return remembered
                .map(earlier -> earlier.withSizeBytes(Math.max(earlier.sizeBytes(), seen.peakBytes())))
                .or(() -> seen.hasShrunk()
                        ? Optional.of(new StartPosition.Remembered(identity(), seen.peakBytes(), 0, LineEnds.UNKNOWN))
                        : Optional.empty());
    }

    private static long lostBytes(StartPosition start, ObservedSize.Seen seen) {
        return start.wasTruncated()
                ? start.lostBytes() + seen.laterBytes()
                : seen.lostBytes(start.furthestOffset(), true);
    }

    private void startFrom(LogFile file, Position from, long sizeBytes) {
        pass = new WindowCursor(file, from, input, parts);
        isOpen = true;
        openedAt = from;
        saw(sizeBytes);
        followed.begins(file);
        tail.startFrom(from.offset());
        content.startFrom(file, from.offset());
        parts.counters().opened(input.input(), file.identity(), from);
    }

    private LogFile openAgain() throws IOException {
        return parts.files()
                .openAgain(place.now(), identity(), place.home(), input.input().hasFixes(), followed::open);
    }

    /** The file, opened again if it was closed. It was begun in this session. */
    LogFile file() throws IOException {
        if (!isOpen) {
            LogFile file = openAgain();
            // If it was not closed yet, some of what was read before still waits to be fixed.
            if (!file.equals(pass.file())) {
                pass = pass.through(file);
                openedAt = pass.reached();
            }
            isOpen = true;
        }
        return pass.file();
    }

    /** Whether what was handed on is still there; if not, the file was truncated. */
    boolean isStillThere(long sizeBytes) throws IOException {
        return sizeBytes >= reachedOffset() && content.isStillIn(pass.file());
    }

    /** What was seen of its size since the last turn. It is open. */
    ObservedSize.Seen look() throws IOException {
        return look(pass.file());
    }

    private ObservedSize.Seen look(LogFile file) throws IOException {
        ObservedSize.Seen stored = observed.take(file::storedBytes);
        // Where nothing was seen to shrink, what it has grown by since the last turn may belong to the next generation.
        long peakBytes = stored.hasShrunk() ? peakBytes(stored) : seenBytes;
        ObservedSize.Seen seen = stored.ofContent(peakBytes, file.sizeBytes());
        storedBytes = stored.nowBytes();
        isDecoded = file.isDecoded();
        return seen;
    }

    /** What was read is no longer there: offsets mean other content from now on. */
    Mono<Void> beginAnew(ObservedSize.Seen seen) throws IOException {
        LogFile file = pass.file();
        long reached = reachedOffset();
        LOG.info("{} was truncated after {} bytes of it were read; it is read from its start", file, reached);
        lose(seen.lostBytes(readOffset(), false), place.home() + " was truncated");
        FileIdentity next = file.identity().ofGeneration(file.identity().generation() + 1);
        retired.add(file.identity(), reached);
        LogFile anew = parts.files().renumber(file, next, place.home());
        startFrom(anew, Position.START, look(anew).nowBytes());
        changed();
        return parts.preparation().begin(anew, Position.START, parts.progress().resets(anew.identity()));
    }

    /** What was handed on is still there. */
    void saw(ObservedSize.Seen seen) {
        lose(seen.lostBytes(reachedOffset(), true), place.home() + " was truncated");
        if (seen.nowBytes() != seenBytes || seen.hasShrunk()) {
            saw(seen.nowBytes());
            changed();
        }
    }

    /** It is read up to here, and then never again; what stands there at the end of a deleted file is complete. */
    void endsAt(long offset) {
        lastEndOffset = Math.min(lastEndOffset, offset);
        if (place.now().isEmpty()) {
            tail.isLast();
        }
    }

    /** Whether it was handed on up to there. */
    boolean isAtLastEnd() {
        WindowCursor known = pass;
        return known != null && known.reached().offset() >= lastEndOffset;
    }

    /** It became shorter while it was scanned. The next turn sees what is there. */
    void shrank(long sizeBytes) {
        long kept = Math.max(sizeBytes, reachedOffset());
        ObservedSize.Seen seen = observed.seen();
        // Where nothing was seen to shrink, what it has grown by since the turn began may have been written afterwards.
        long before = seen.hasShrunk() ? peakBytes(seen) : seenBytes;
        lose(Math.max(0, before - Math.max(kept, readOffset())) + seen.laterBytes(), place.home() + " was truncated");
        saw(kept);
        observed.startFrom(isDecoded ? observed.bytes() : kept);
        storedBytes = observed.bytes();
        lastEndOffset = lastEndOffset == Long.MAX_VALUE ? lastEndOffset : Math.min(lastEndOffset, kept);
        tail.endAt(reachedOffset());
    }

    /** Where nothing was read yet: passes what belongs to no record, and makes that durable. Empty if there is no such thing. */
    Optional<Mono<Void>> skipToFirstRecord() throws IOException {
        isBlank = false;
        if (reachedOffset() > 0) {
            return Optional.empty();
        }
        LogFile file = pass.file();
        long offset = ContentStart.offset(
                file, input.input().plan().delimiter(), file.identity().generation() > 0);
        if (offset < 0) {
            // What is written later may stand anywhere in it, unless nothing is going to be.
            tail.startFrom(0);
            isBlank = !tail.isDue(0, seenBytes);
            offset = isBlank ? 0 : seenBytes;
        }
        if (offset == 0) {
            return Optional.empty();
        }
        Position from = new Position(offset, true);
        startFrom(file, from, seenBytes);
        parts.counters().skipped(place.home(), offset);
        return Optional.of(
                parts.preparation().begin(file, from, parts.progress().resets(file.identity())));
    }

    /** Finds out up to where there is something to hand on. */
    long completeLimit() throws IOException {
        if (isBlank) {
            return reachedOffset();
        }
        tail.look(input.input().plan().complete(pass.file(), pass.reached()), reachedOffset(), seenBytes);
        parts.counters().available(pass.file().identity(), tail.limitOffset());
        return tail.limitOffset();
    }

    /** Hands on what comes next, a bounded stretch of it. */
    Flux<ScannedWindow> handOn(long mostBytes) throws IOException {
        if (!tail.mayGoOn(reachedOffset(), offset -> parts.progress().isDurable(identity(), offset))) {
            return Flux.empty();
        }
        requireFollowable();
        long limitOffset = tail.limitOffset();
        WindowCursor through = pass;
        content.goesTo(through.file(), limitOffset);
        return through.scan(
                Math.min(limitOffset, reachedOffset() + mostBytes),
                limitOffset,
                (file, window) -> requireStillThere(through, file, window));
    }

    private synchronized void requireStillThere(WindowCursor through, LogFile file, ScannedWindow window)
            throws IOException {
        if (through == pass) {
            content.handOn(file, window);
        }
    }

    private void requireFollowable() throws IOException {
        try {
            followed.requireFollowable(pass.file());
        } catch (IOException e) {
            tail.endAt(reachedOffset());
            throw e;
        }
    }

    /** Fixes that nobody remembers are about to change what was read. */
    void forgetLines() {
        content.forgetLines();
    }

    /** Reads nothing more of it for now; it is closed when all that was read is fixed. */
    synchronized void close() {
        if (isOpen) {
            isOpen = false;
            parts.files().readingEnded(pass.file(), openedAt, pass.reached());
        } else {
            release();
        }
    }

    private void lose(long bytes, String because) {
        if (bytes > 0) {
            String message = "%s; %d bytes are lost".formatted(because, bytes);
            LOG.error("{}", message);
            parts.counters().lost(input.input(), bytes);
            parts.counters().problem(input.input(), place.home(), message);
        }
    }
}
