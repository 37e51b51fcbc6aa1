package io.pickaroon.processor;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One file that is followed, from when it is found until it is gone: where it is, how far it has been handed on, and
 * whether there is anything to do. It is read in turns, of which {@link LiveFiles} gives it one at a time; where it is,
 * looks say, in between or meanwhile.
 *
 * <p>A turn hands on a bounded stretch. It begins with the question whether what was read before is still there: if not,
 * the file was truncated, and a new generation of it begins. When nothing is left to read of a file that was rotated, the
 * turn makes the fixes that waited for that.
 */
final class LiveFile {
    private static final Logger LOG = LoggerFactory.getLogger(LiveFile.class);
    private static final int WINDOWS_IN_A_TURN = 4;
    /** So long after it has grown it is asked whether it has again; then the kernel has to say so, or a look. */
    private static final Duration ASKED = Duration.ofSeconds(10);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final InputScanners input;
    private final FileIdentity inode;
    private final Path home;
    private final RunParts parts;

    /** Where it is; empty when it is nowhere. */
    private volatile Optional<Path> place;
    /** That without symbolic links, once it was asked for. */
    private Optional<Path> realPlace = Optional.empty();

    /** Its first name leads elsewhere now, or nowhere. */
    private volatile boolean rotated;
    /** The file that had this one's name before, while it is not read to its end. */
    private volatile LiveFile predecessor;

    private OptionalLong blockedSinceNanos = OptionalLong.empty();

    /** Null until the first turn of a session. */
    private volatile FilePass pass;

    private volatile boolean isOpen;
    private Position openedAt;
    private volatile long seenBytes;
    private volatile long changedNanos;
    /** Up to here it was checked that what was read is still there, and where lines end before. */
    private long checkedOffset;

    private LineEnds lineEnds = LineEnds.UNKNOWN;
    private RecentLines recentLines = RecentLines.UNKNOWN;
    private Optional<FileStart.Remembered> remembered = Optional.empty();

    /** What the turn under way handed on last. */
    private ScannedWindow lastWindow;

    /** Complete records reach up to this offset. */
    private volatile long limitOffset;
    /** When the last turn began that found nothing to read. */
    private volatile OptionalLong drainedNanos = OptionalLong.empty();

    private volatile boolean ended;
    private volatile String problem;
    private volatile long retryNanos;
    private Duration pause = FIRST_PAUSE;

    /** A generation that is over, and how far it was handed on. */
    private record Retired(FileIdentity identity, long handedOnOffset) {}

    private final Deque<Retired> retired = new ConcurrentLinkedDeque<>();

    /** Has a turn, or waits for one; of {@link LiveFiles}. */
    boolean isQueued;
    /** Is to have another one after that. */
    boolean isStirred;

    LiveFile(InputScanners input, Path home, FileSighting sighting, RunParts parts) {
        this.input = input;
        this.inode = sighting.identity();
        this.home = home;
        this.parts = parts;
        this.place = Optional.of(sighting.path());
        this.seenBytes = sighting.sizeBytes();
        this.changedNanos = now();
    }

    private long now() {
        return parts.machine().nanoTime().getAsLong();
    }

    private boolean isOver(Duration time) {
        return now() - changedNanos >= time.toNanos();
    }

    FileIdentity inode() {
        return inode;
    }

    /** In the generation that is known. */
    FileIdentity identity() {
        FilePass known = pass;
        return known == null
                ? inode.ofGeneration(parts.progress().generation(inode))
                : known.file().identity();
    }

    /** The name under which it was found first. */
    Path home() {
        return home;
    }

    Optional<Path> place() {
        return place;
    }

    /** Where it is without symbolic links; empty if it is nowhere. Asked for between looks only. */
    Optional<Path> realPlace() {
        if (realPlace.isEmpty()) {
            realPlace = place.flatMap(Whereabouts::real);
        }
        return realPlace;
    }

    /** Its first name leads elsewhere now, or nowhere. */
    boolean isRotated() {
        return rotated;
    }

    InputScanners scanners() {
        return input;
    }

    LogInput input() {
        return input.input();
    }

    boolean isOpen() {
        return isOpen;
    }

    /** Nothing more will ever be read of it. */
    boolean hasEnded() {
        return ended;
    }

    void follows(LiveFile earlier) {
        predecessor = earlier;
    }

    /** It was found again, here. */
    void isAt(FileSighting sighting, boolean homeLeadsElsewhere) {
        if (homeLeadsElsewhere && !rotated) {
            LOG.info("{} was rotated to {}", home, sighting.path());
            changedNanos = now();
        }
        if (!place.equals(Optional.of(sighting.path()))) {
            place = Optional.of(sighting.path());
            realPlace = Optional.empty();
        }
        rotated = homeLeadsElsewhere;
    }

    /** It is nowhere to be found. */
    void isGone() {
        if (place.isPresent()) {
            LOG.info("{} is gone{}", home, isOpen ? "; what is left of it is read" : "");
            place = Optional.empty();
            rotated = true;
            changedNanos = now();
        }
        if (!isOpen && !ended) {
            FilePass known = pass;
            long read = known == null
                    ? parts.progress()
                            .position(identity())
                            .map(Position::offset)
                            .orElse(0L)
                    : known.reached().offset();
            lose(seenBytes - read, home + " was deleted before it was read to its end");
            ended = true;
        }
    }

    /** A new session of the sink begins: where to go on is asked anew. */
    void newSession() {
        FilePass last = pass;
        if (last != null) {
            remembered =
                    Optional.of(new FileStart.Remembered(last.file().identity(), seenBytes, checkedOffset, lineEnds));
        }
        pass = null;
        isQueued = false;
        isStirred = false;
        for (Retired generation : retired) {
            lose(
                    generation.handedOnOffset() - delivered(generation),
                    home + " was truncated before what was read of it could be delivered");
            parts.progress().retire(generation.identity());
        }
        retired.clear();
    }

    private long delivered(Retired generation) {
        return parts.progress()
                .position(generation.identity())
                .map(Position::offset)
                .orElse(0L);
    }

    /** Forgets generations that are over, and delivered. */
    void retireWhatIsDelivered() {
        retired.removeIf(generation -> {
            boolean isDelivered = delivered(generation) >= generation.handedOnOffset();
            if (isDelivered) {
                parts.progress().retire(generation.identity());
            }
            return isDelivered;
        });
    }

    /**
     * Whether there is nothing to do, as far as can be seen from outside: everything is delivered and fixed.
     *
     * @param sizeBytes present size
     */
    boolean isDone(long sizeBytes, DestinationPositions destination) {
        FileIdentity identity = identity();
        Optional<CheckpointEntry> entry = parts.progress().entry(identity);
        return pass == null
                && remembered.isEmpty()
                && entry.isPresent()
                && entry.get().position().offset() == sizeBytes
                && entry.get().pendingBytes() == 0
                && destination.generation(inode) <= identity.generation()
                && destination
                        .of(identity)
                        .filter(known -> known.position().offset() > sizeBytes)
                        .isEmpty();
    }

    /** Whether a size differs from what the last turn saw. */
    boolean hasChanged(long sizeBytes) {
        return sizeBytes != seenBytes;
    }

    /** Whether a turn would find something to do. Asked while it has none. */
    boolean wantsTurn() {
        FilePass known = pass;
        if (ended || problem != null && now() - retryNanos < 0) {
            return false;
        }
        if (problem != null || predecessor != null) {
            return true;
        }
        if (known == null || !isOpen || !rotated && isOver(ASKED)) {
            return false;
        }
        try {
            return known.file().sizeBytes() != seenBytes
                    || endsHere() && seenBytes > known.reached().offset()
                    || waits();
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether more is known to be there than was handed on. */
    boolean hasMore() {
        FilePass known = pass;
        return known != null
                && problem == null
                && predecessor == null
                && limitOffset > known.reached().offset();
    }

    /** A record without an end is complete when nobody will end it. */
    private boolean endsHere() {
        return rotated && isOver(parts.settings().following().quietTime());
    }

    private boolean waits() {
        return rotated
                && place.isPresent()
                && parts.progress()
                        .entry(identity())
                        .filter(entry -> entry.pendingBytes() > 0)
                        .isPresent();
    }

    /** Whether it needs no attention until somebody hears of a change. Asked while it has no turn. */
    boolean isQuiet() {
        FilePass known = pass;
        boolean nothingLeft = known == null || seenBytes == known.reached().offset() || !rotated;
        return ended
                || problem == null
                        && predecessor == null
                        && nothingLeft
                        && !waits()
                        && (!isOpen || isOver(parts.settings().following().closeAfter()));
    }

    /** Whether it is deleted, and read to its end. */
    boolean isFinished() {
        FilePass known = pass;
        return place.isEmpty()
                && known != null
                && seenBytes == known.reached().offset()
                && isOver(parts.settings().following().quietTime());
    }

    /** Reads nothing more of it for now; it is closed when all that was read is fixed. */
    void close() {
        if (isOpen) {
            isOpen = false;
            parts.files().readingEnded(pass.file(), openedAt, pass.reached());
        }
        ended |= place.isEmpty();
    }

    /** Whether all that was there at some moment was handed on, or cannot be. */
    private boolean isPast(long momentNanos) {
        OptionalLong drained = drainedNanos;
        return ended || problem != null || drained.isPresent() && drained.getAsLong() - momentNanos >= 0;
    }

    /** Reads a stretch. What cannot be read is said, and tried again later; it fails nobody else. */
    Flux<ScannedWindow> turn(DestinationPositions destination) {
        long startNanos = now();
        return Flux.defer(() -> begin(destination))
                .concatWith(Flux.defer(() -> read(startNanos)))
                .doOnComplete(this::recovered)
                .onErrorResume(FileTruncatedException.class, this::shrank)
                .onErrorResume(IOException.class, this::failed);
    }

    private Flux<ScannedWindow> begin(DestinationPositions destination) {
        if (pass != null) {
            return Flux.empty();
        }
        try {
            LogFile file = parts.files().openAgain(place, identity(), home, input().hasFixes());
            FileStart start = FileStart.of(file, input(), parts.progress(), destination, remembered);
            return begin(parts.files().renumber(file, start.identity(), home), start);
        } catch (IOException e) {
            return Flux.error(e);
        }
    }

    private Flux<ScannedWindow> begin(LogFile file, FileStart start) throws IOException {
        long sizeBytes = file.sizeBytes();
        Position from = start.position();
        if (remembered.isEmpty()) {
            parts.counters().resumed(from.offset());
        }
        remembered = Optional.empty();
        lose(start.lostBytes(), home + " was truncated");
        startFrom(file, from, sizeBytes);
        Mono<Void> begun = start.isNew() ? parts.preparation().begin(file, from) : Mono.empty();
        Mono<Void> replayed =
                start.replayEnd().map(end -> pass.replay(end, sizeBytes)).orElse(Mono.empty());
        return begun.then(replayed).thenMany(Flux.empty());
    }

    private void startFrom(LogFile file, Position from, long sizeBytes) {
        pass = new FilePass(file, from, input, parts);
        isOpen = true;
        openedAt = from;
        seenBytes = sizeBytes;
        limitOffset = from.offset();
        checkedOffset = from.offset();
        lineEnds = LineEnds.before(file, checkedOffset);
        recentLines = RecentLines.UNKNOWN;
        parts.counters().opened(input(), file.identity(), from);
    }

    private Flux<ScannedWindow> read(long startNanos) {
        try {
            LogFile file = openFile();
            long sizeBytes = file.sizeBytes();
            long reached = pass.reached().offset();
            if (sizeBytes < reached || !isStillThere(file)) {
                return beginAnew(file, sizeBytes).concatWith(Flux.defer(() -> read(startNanos)));
            }
            if (sizeBytes != seenBytes) {
                lose(seenBytes - Math.max(sizeBytes, reached), home + " was truncated");
                seenBytes = sizeBytes;
                changedNanos = now();
            }
            long complete = input().plan().completeLimit(file, pass.reached());
            limitOffset = complete == reached && endsHere() ? sizeBytes : complete;
            parts.counters().available(file.identity(), limitOffset);
            if (limitOffset == reached) {
                drainedNanos = OptionalLong.of(startNanos);
                return fixWhatWaited(file);
            }
            return waitsForPredecessor() ? Flux.empty() : handOn(file, reached);
        } catch (IOException e) {
            return Flux.error(e);
        }
    }

    private boolean isStillThere(LogFile file) throws IOException {
        return lineEnds.areStillIn(file, checkedOffset) && recentLines.areStillIn(file);
    }

    private LogFile openFile() throws IOException {
        if (!isOpen) {
            LogFile file = parts.files().openAgain(place, identity(), home, input().hasFixes());
            pass = pass.through(file);
            openedAt = pass.reached();
            isOpen = true;
        }
        return pass.file();
    }

    private Flux<ScannedWindow> handOn(LogFile file, long reached) {
        long turnBytes = (long) WINDOWS_IN_A_TURN * input().plan().windowBytes();
        long endOffset = Math.min(limitOffset, reached + turnBytes);
        return pass.scan(endOffset, limitOffset)
                .doOnNext(window -> lastWindow = window)
                .doOnComplete(() -> remember(file));
    }

    private void remember(LogFile file) {
        long offset = pass.reached().offset();
        LineEnds now = LineEnds.before(file, offset);
        ScannedWindow last = lastWindow;
        lastWindow = null;
        try {
            RecentLines lines = RecentLines.before(file, offset, last).behind(recentLines);
            if (!now.equals(LineEnds.UNKNOWN)) {
                checkedOffset = offset;
                lineEnds = now;
                recentLines = lines;
            }
        } catch (IOException truncatedAgain) {
            LOG.debug("{}: {}", home, truncatedAgain.getMessage());
        }
    }

    /** What was read is no longer there: offsets mean other content from now on. */
    private Flux<ScannedWindow> beginAnew(LogFile file, long sizeBytes) {
        long reached = pass.reached().offset();
        LOG.info("{} was truncated after {} bytes of it were read; it is read from its start", home, reached);
        lose(seenBytes - reached, home + " was truncated");
        FileIdentity next = file.identity().ofGeneration(file.identity().generation() + 1);
        retired.add(new Retired(file.identity(), reached));
        LogFile anew = parts.files().renumber(file, next, home);
        startFrom(anew, Position.START, sizeBytes);
        changedNanos = now();
        return parts.preparation().begin(anew, Position.START).thenMany(Flux.empty());
    }

    /** In the middle of a turn. The next one sees what is there. */
    private Flux<ScannedWindow> shrank(FileTruncatedException e) {
        long kept = Math.max(e.sizeBytes(), pass.reached().offset());
        lose(seenBytes - kept, home + " was truncated");
        seenBytes = kept;
        limitOffset = pass.reached().offset();
        isStirred = true;
        return Flux.empty();
    }

    private void lose(long bytes, String because) {
        if (bytes > 0) {
            String message = "%s; %d bytes are lost".formatted(because, bytes);
            LOG.error("{}", message);
            parts.counters().lost(input(), bytes);
            parts.counters().problem(input(), home, message);
        }
    }

    private boolean waitsForPredecessor() {
        LiveFile earlier = predecessor;
        if (earlier == null) {
            return false;
        }
        if (blockedSinceNanos.isEmpty()) {
            blockedSinceNanos = OptionalLong.of(now());
        }
        if (earlier.isPast(blockedSinceNanos.getAsLong())) {
            predecessor = null;
            return false;
        }
        return true;
    }

    /** The file whose turn must come before this one's; null if there is none. */
    LiveFile predecessor() {
        return predecessor;
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
        if (!waits() || isAtHome()) {
            return Flux.empty();
        }
        recentLines = RecentLines.UNKNOWN;
        long turnBytes = (long) WINDOWS_IN_A_TURN * input().plan().windowBytes();
        Position delivered = entry.get().position();
        Position fixed = entry.get().fixed();
        return new FilePass(file, fixed, input, parts)
                .fixAfterRotation(
                        input.afterRotation(entry.get().waitingRules()).get(),
                        Math.min(delivered.offset(), fixed.offset() + turnBytes),
                        delivered,
                        seenBytes)
                .thenMany(Flux.empty());
    }

    /** Looks again, right before bytes are changed. */
    private boolean isAtHome() throws IOException {
        rotated = parts.machine()
                .look(home)
                .filter(there -> there.identity().isSameInode(inode))
                .isEmpty();
        return !rotated;
    }

    private void recovered() {
        if (problem != null) {
            LOG.info("{} can be read again", home);
            problem = null;
            pause = FIRST_PAUSE;
        }
    }

    private Flux<ScannedWindow> failed(IOException e) {
        if (!(e instanceof NoSuchFileException)) {
            String message = FileReading.describe(e, input());
            if (!message.equals(problem)) {
                LOG.error("{}; it is tried again for as long as it is there", message);
                parts.counters().problem(input(), home, message);
            }
            problem = message;
            retryNanos = now() + pause.toNanos();
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
        return Flux.empty();
    }
}
