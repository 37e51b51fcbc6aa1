package io.pickaroon.processor;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.window.ContentStart;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How far a followed file was read: in which generation, through which open file, and what was seen of it and not read
 * yet. Changes in turns of the file, one at a time, and while it has none; may be asked by any thread.
 */
final class LiveReading {
    private static final Logger LOG = LoggerFactory.getLogger(LiveReading.class);

    private final InputScanners input;
    private final FileIdentity inode;
    private final FilePlace place;
    private final RunParts parts;
    private final RetiredGenerations retired;
    private final FollowedContent followed;
    private final ReadContent content;

    /** Null until the first turn of a session. */
    private volatile FilePass pass;

    private volatile boolean isOpen;
    /** Nothing but NULs is in it, so far. */
    private boolean isBlank;

    private Position openedAt;
    private volatile long seenBytes;
    /** The same as it is seen from outside. */
    private volatile long storedBytes;

    private volatile long changedNanos;
    /** What is written behind it is not read any more. */
    private volatile long lastEndOffset = Long.MAX_VALUE;

    private volatile DestinationPositions destination = new DestinationPositions();
    private Optional<FileStart.Remembered> remembered = Optional.empty();
    private final FileTail tail;

    /** @param storedBytes its size when it was found */
    LiveReading(InputScanners input, FileIdentity inode, FilePlace place, long storedBytes, RunParts parts) {
        this.input = input;
        this.inode = inode;
        this.place = place;
        this.parts = parts;
        LogInput settings = input.input();
        this.followed = new FollowedContent(settings, parts.machine());
        this.content = new ReadContent(settings.plan().format().hasLineFeedsBetweenAll() || !settings.hasFixes());
        this.retired = new RetiredGenerations(parts.progress());
        this.tail =
                new FileTail(input.input().tail(), parts.settings().following().quietTime(), place, this::isQuietFor);
        this.seenBytes = storedBytes;
        this.storedBytes = storedBytes;
        changed();
    }

    /** In the generation that is known. */
    FileIdentity identity() {
        FilePass known = pass;
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

    /** The size that it had at the last look. */
    long seenBytes() {
        return seenBytes;
    }

    /** Up to where it was handed on. It was begun in this session. */
    long reachedOffset() {
        return pass.reached().offset();
    }

    /** Whether more was seen than was handed on. */
    boolean isBehind() {
        FilePass known = pass;
        return known != null && seenBytes > known.reached().offset();
    }

    /** Whether all that was handed on is delivered, and the checkpoint has it. */
    boolean isDurable() {
        FilePass known = pass;
        if (known == null || known.reached().offset() == 0) {
            return true;
        }
        long reached = known.reached().offset();
        return deliveredOffset() >= reached && parts.progress().isDurable(identity(), reached);
    }

    /** Whether complete records are known that were not handed on. */
    boolean hasMore() {
        FilePass known = pass;
        return known != null && tail.limitOffset() > known.reached().offset();
    }

    /** Whether a record at the end is to be handed on that nobody has ended. */
    boolean isTailDue() {
        FilePass known = pass;
        return known != null && tail.isDue(known.reached().offset(), seenBytes);
    }

    /** Whether one is there that is to be handed on later. */
    boolean hasTail() {
        FilePass known = pass;
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

    /** Whether this is another size than it had at the last look, as it is seen from outside. */
    boolean hasChanged(long storedSizeBytes) {
        return storedSizeBytes != storedBytes;
    }

    /** Whether its size is another one than at the last look. It is open. */
    boolean hasChanged() throws IOException {
        return pass.file().sizeBytes() != seenBytes;
    }

    /** A new session of the sink begins: where to go on is asked anew. */
    void newSession(DestinationPositions destination) {
        this.destination = destination;
        FilePass last = pass;
        if (last != null) {
            remembered = Optional.of(content.remembered(last.file().identity(), seenBytes));
        }
        pass = null;
        lose(
                retired.forgetAll(destination),
                place.home() + " was truncated before what was read of it could be delivered");
    }

    /** Forgets generations that are over, and delivered. */
    void retireWhatIsDelivered() {
        retired.forgetDelivered();
    }

    /** Nothing more of it will ever be read. */
    void isLostBehind(String because) {
        FilePass known = pass;
        lose(seenBytes - (known == null ? deliveredOffset() : known.reached().offset()), because);
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

    /** It is open, and nothing more of it will ever be read. What was handed on, and is not delivered by now, is lost too. */
    void isLeftBehind(String because) {
        lose(Math.min(lastEndOffset, presentBytes()) - deliveredOffset(), because);
    }

    private long presentBytes() {
        try {
            return openAgain().sizeBytes();
        } catch (IOException cannotTell) {
            return seenBytes;
        }
    }

    /** Finds out where to begin, if it is not begun in this session. */
    Mono<Void> begin(DestinationPositions destination) throws IOException {
        if (pass != null) {
            return Mono.empty();
        }
        this.destination = destination;
        LogFile opened = openAgain();
        FileStart start = FileStart.of(opened, input.input(), parts.progress(), destination, remembered);
        LogFile file = parts.files().renumber(opened, start.identity(), place.home());
        long sizeBytes = file.sizeBytes();
        Position from = start.position();
        if (remembered.isEmpty()) {
            parts.counters().resumed(from.offset());
        }
        remembered = Optional.empty();
        if (from.offset() > 0 && start.skippedBytes() > 0) {
            parts.counters().skipped(place.home(), start.skippedBytes());
        }
        lose(start.lostBytes(), place.home() + " was truncated");
        startFrom(file, from, sizeBytes);
        start.replayEnd()
                .ifPresent(end -> content.startFrom(file, end.position().offset()));
        Mono<Void> begun = start.isNew() ? parts.preparation().begin(file, from, start.resets()) : Mono.empty();
        Mono<Void> replayed =
                start.replayEnd().map(end -> pass.replay(end, sizeBytes)).orElse(Mono.empty());
        return begun.then(replayed);
    }

    private void startFrom(LogFile file, Position from, long sizeBytes) {
        pass = new FilePass(file, from, input, parts);
        isOpen = true;
        openedAt = from;
        seenBytes = sizeBytes;
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
        storedBytes = pass.file().storedBytes();
        return pass.file();
    }

    /** Whether what was handed on is still there; if not, the file was truncated. */
    boolean isStillThere(long sizeBytes) throws IOException {
        return sizeBytes >= reachedOffset() && content.isStillIn(pass.file());
    }

    /** What was read is no longer there: offsets mean other content from now on. */
    Mono<Void> beginAnew() throws IOException {
        LogFile file = pass.file();
        long reached = reachedOffset();
        LOG.info("{} was truncated after {} bytes of it were read; it is read from its start", file, reached);
        lose(seenBytes - reached, place.home() + " was truncated");
        FileIdentity next = file.identity().ofGeneration(file.identity().generation() + 1);
        retired.add(file.identity(), reached);
        LogFile anew = parts.files().renumber(file, next, place.home());
        startFrom(anew, Position.START, anew.sizeBytes());
        changed();
        return parts.preparation().begin(anew, Position.START, parts.progress().resets(anew.identity()));
    }

    /** It has this size now, and what was handed on is still there. */
    void saw(long sizeBytes) {
        if (sizeBytes != seenBytes) {
            lose(seenBytes - Math.max(sizeBytes, reachedOffset()), place.home() + " was truncated");
            seenBytes = sizeBytes;
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
        FilePass known = pass;
        return known != null && known.reached().offset() >= lastEndOffset;
    }

    /** It became shorter while it was scanned. The next turn sees what is there. */
    void shrank(long sizeBytes) {
        long kept = Math.max(sizeBytes, reachedOffset());
        lose(seenBytes - kept, place.home() + " was truncated");
        seenBytes = kept;
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
        content.goesTo(pass.file(), limitOffset);
        return pass.scan(Math.min(limitOffset, reachedOffset() + mostBytes), limitOffset, content::handOn);
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
    void close() {
        if (isOpen) {
            isOpen = false;
            parts.files().readingEnded(pass.file(), openedAt, pass.reached());
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
