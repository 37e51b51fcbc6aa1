package io.pickaroon.processor.follow;

import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.track.FileTracker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * All files that a run follows, and whose turn it is to be read.
 *
 * <p>Files that have something to do stand in a queue, each once, and a turn is bounded: so a huge backlog holds up nobody
 * for longer than that. A file gets into the queue when the kernel reports a change, when a directory scan finds it
 * grown, or, for some time after it has grown, when it is asked. Nothing is done for the others; those that nobody has
 * heard of for a while are closed.
 *
 * <p>Turns need a session of the sink. All else does not: while the destination is away directories are scanned, new files
 * are adopted, and files that hold something are opened and kept open, so that rotation takes nothing away.
 *
 * <p>A stop ends all that, but for files that are deleted: what they hold at that time is read first, because it is nowhere
 * else.
 *
 * <p>Threads: ticks, one at a time, scan and ask; turns run meanwhile. The session and the files that are asked are guarded
 * by this object.
 */
public final class FollowScheduler implements AutoCloseable {
    /** How long a stop waits for what deleted files still hold. */
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(4);
    /** A file that has waited for its turn for so long is opened, in case its name is taken away meanwhile. */
    private static final Duration LONGEST_UNOPENED = Duration.ofSeconds(1);

    private final RunResources parts;
    private final Scheduler timer;
    private final DirectoryScans scans;
    private final DescriptorBudget open;
    /** Files that are asked at each tick: those that have just grown, and those that wait for something. */
    private final Set<FollowedFile> active = new LinkedHashSet<>();
    /** Files that the last scan found nowhere. */
    private List<FollowedFile> gone = List.of();
    /** Null while there is none. */
    private Session session;

    private volatile boolean hasEnded;

    /** One session of the sink. */
    private static final class Session {
        final SinkPositions destination;
        final ShutdownDrain lastTurns = new ShutdownDrain();
        final TurnQueue queue = new TurnQueue();

        Session(SinkPositions destination) {
            this.destination = destination;
        }
    }

    /**
     * @param timer where pauses between ticks pass
     * @param stop completes when nothing more is to be read than what is nowhere else
     */
    public FollowScheduler(List<InputScanners> inputs, RunResources parts, Scheduler timer, Mono<Void> stop) {
        this.parts = parts;
        this.timer = timer;
        this.scans = new DirectoryScans(inputs, parts, timer, stop, this::destination);
        this.open = new DescriptorBudget(parts);
    }

    /** Finds out what becomes of files, until the stop. Subscribed to once, for as long as the run lasts. */
    public Mono<Void> watching() {
        return scans.run(new Listener()).doOnSuccess(_ -> hasEnded = true);
    }

    /** The windows of all files, for as long as somebody takes them, or until the stop. */
    public Flux<ScannedWindow> windows(SinkPositions destination) {
        return Flux.defer(() -> {
            Session begun = begin(destination);
            return begun.queue
                    .turns()
                    .flatMap(file -> turn(file, begun), parts.settings().filesAtOnce(), 1)
                    .takeUntilOther(
                            scans.ended().then(Mono.defer(() -> drain(begun)).subscribeOn(parts.scan())))
                    .doFinally(_ -> end(begun));
        });
    }

    private synchronized SinkPositions destination() {
        return session == null ? SinkPositions.UNKNOWN : session.destination;
    }

    private synchronized Session begin(SinkPositions destination) {
        session = new Session(destination);
        active.clear();
        open.newSession();
        for (FollowedFile file : scans.files()) {
            begin(file);
        }
        return session;
    }

    private void begin(FollowedFile file) {
        file.newSession(session.destination);
        if (file.isDone(session.destination)) {
            open.close(file);
        } else {
            enqueue(file);
        }
    }

    /** Turns that were to come, or were cancelled, come in the next session. */
    private synchronized void end(Session ended) {
        if (ended == session) {
            session = null;
            active.addAll(ended.queue.files());
            ended.queue.files().forEach(open::turnEnded);
        }
    }

    private Flux<ScannedWindow> turn(FollowedFile file, Session begun) {
        return Flux.defer(() -> turnNow(file, begun))
                .subscribeOn(parts.scan())
                // So that a turn ends only when its last window is taken: flatMap keeps no order between that one,
                // while it waits for demand, and the first of the file's next turn.
                .materialize()
                .<ScannedWindow>dematerialize()
                .takeUntilOther(begun.lastTurns.endOf(file))
                .doFinally(_ -> turnEnded(file, begun));
    }

    private Flux<ScannedWindow> turnNow(FollowedFile file, Session begun) {
        begun.queue.begun(file);
        if (!begun.lastTurns.has(file)) {
            return Flux.empty();
        }
        if (open.admit(file)) {
            return file.turn(begun.destination);
        }
        // What is delivered of the others is passed by the checkpoint now, and not when that is due.
        return parts.preparation()
                .commit()
                .then(Mono.<ScannedWindow>fromRunnable(this::enqueuePostponedIfRoom))
                .flux();
    }

    private synchronized void enqueuePostponedIfRoom() {
        if (open.canMakeRoom()) {
            open.takePostponed().forEach(this::enqueue);
        }
    }

    private synchronized void turnEnded(FollowedFile file, Session ofSession) {
        if (ofSession != session) {
            return;
        }
        boolean isAskedFor = ofSession.queue.ended(file);
        active.add(file);
        if (ofSession.lastTurns.has(file) && (isAskedFor || file.hasMore())) {
            enqueue(file);
        } else {
            open.turnEnded(file);
        }
    }

    private synchronized void enqueue(FollowedFile file) {
        if (session != null && !file.hasEnded()) {
            session.queue.offer(file, now());
        }
    }

    /** It may have something to do: now, or when the destination is there again. */
    private synchronized void wake(FollowedFile file) {
        if (file.hasEnded()) {
            return;
        }
        boolean isOpen = session != null && !file.place().isRotated() || open.hold(file);
        file.observe();
        if (session != null) {
            enqueue(file);
        } else if (isOpen) {
            active.add(file);
        }
    }

    /** Reads what is nowhere else, by the scan that has just been made. */
    private Mono<Void> drain(Session begun) {
        return Mono.defer(() -> {
            List<FollowedFile> drained = begun.lastTurns.begin(gone());
            return Flux.interval(Duration.ZERO, parts.settings().pollInterval(), timer)
                    .onBackpressureDrop()
                    .publishOn(parts.scan(), 1)
                    .takeUntil(_ -> askDrained(drained, begun))
                    .take(LONGEST_DRAIN, timer)
                    .then();
        });
    }

    private synchronized List<FollowedFile> gone() {
        return gone;
    }

    /** Returns whether nothing is left in any of them. */
    private synchronized boolean askDrained(List<FollowedFile> drained, Session begun) {
        boolean isDone = true;
        for (FollowedFile file : drained) {
            if (begun.queue.has(file) || !file.isDrained()) {
                isDone = false;
                for (FollowedFile next = file; next != null; next = next.predecessor()) {
                    if (!begun.queue.has(next)) {
                        enqueue(next);
                    }
                }
            }
        }
        return isDone;
    }

    /** What the scans are told to do with what they find. */
    private final class Listener implements DirectoryScans.Listener {
        @Override
        public void written(FollowedFile file) {
            wake(file);
        }

        @Override
        public void found(FileTracker.Look<FollowedFile> look) {
            take(look);
        }

        @Override
        public boolean isPollDue() {
            return isAnyActive();
        }

        @Override
        public void poll() {
            askActive();
        }
    }

    private synchronized void take(FileTracker.Look<FollowedFile> look) {
        gone = List.copyOf(look.gone());
        for (FollowedFile file : look.added()) {
            // A session that began meanwhile may know it already.
            if (session != null && !file.isIn(session.destination)) {
                begin(file);
            }
        }
        look.stirred().forEach(this::wake);
        active.addAll(look.gone());
        open.idle().stream().filter(file -> !isQueued(file) && isQuiet(file)).forEach(this::close);
    }

    private boolean isQueued(FollowedFile file) {
        return session != null && session.queue.has(file);
    }

    private boolean isQuiet(FollowedFile file) {
        return file.isQuiet() && (session != null || !file.hasUnread());
    }

    private void close(FollowedFile file) {
        active.remove(file);
        open.close(file);
    }

    private synchronized boolean isAnyActive() {
        return !active.isEmpty() || open.hasPostponed();
    }

    private void askActive() {
        List<FollowedFile> asked;
        synchronized (this) {
            asked = new ArrayList<>(active);
            if (session != null) {
                open.takePostponed().forEach(this::enqueue);
                holdThoseThatWait();
            }
        }
        for (FollowedFile file : asked) {
            ask(file);
        }
    }

    private void holdThoseThatWait() {
        long momentNanos = now() - LONGEST_UNOPENED.toNanos();
        for (FollowedFile file :
                session.queue.longerThan(momentNanos, parts.settings().maxOpenFiles())) {
            if (!open.hold(file) && !open.isRoom()) {
                return;
            }
        }
    }

    private synchronized void ask(FollowedFile file) {
        if (isQueued(file)) {
            file.observe();
            askPredecessor(file);
        } else if (session == null) {
            file.observe();
            askWithoutSession(file);
        } else {
            askPredecessor(file);
            askForTurn(file);
        }
    }

    private void askPredecessor(FollowedFile file) {
        FollowedFile predecessor = file.predecessor();
        if (predecessor != null) {
            enqueue(predecessor);
        }
    }

    private void askForTurn(FollowedFile file) {
        // Of a chain of files that wait for each other, too: who waits for this one has put it into the queue.
        if (isQueued(file)) {
            return;
        }
        if (file.wantsTurn()) {
            enqueue(file);
        } else if (file.isFinished() || file.isQuiet()) {
            close(file);
        } else if (file.isSilent()) {
            active.remove(file);
        }
    }

    private void askWithoutSession(FollowedFile file) {
        if (file.isFinished() || isQuiet(file)) {
            close(file);
        } else if (file.isStill()) {
            active.remove(file);
        }
    }

    private long now() {
        return parts.machine().nanoTime().getAsLong();
    }

    /** What is left in files that are deleted is lost now, and so is what was truncated away; both are said. */
    @Override
    public void close() {
        List<FollowedFile> lost = hasEnded ? gone() : scans.findGone();
        lost.stream().filter(FollowedFile::isOpenOnly).forEach(FollowedFile::isLeft);
        scans.files().stream().filter(file -> !file.isOpenOnly()).forEach(FollowedFile::countTruncated);
        scans.close();
    }
}
