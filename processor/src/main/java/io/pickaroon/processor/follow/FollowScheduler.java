package io.pickaroon.processor.follow;

import io.pickaroon.processor.commit.Committer;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.track.FileTracker;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Gives turns to the files that a run follows.
 *
 * <p>A file that has something to do stands in a queue, once, and a turn is bounded, so that a huge backlog delays no other
 * file for longer than that. A file enters the queue when inotify reports a change, when a directory scan finds it grown, or,
 * for some time after it has grown, when it is polled. All other files cost nothing; those that do not change for a while are
 * closed. What is next for a file {@link FollowedFile#next} decides.
 *
 * <p>Turns need a session of the sink, and nothing else does. While the destination is away directories are scanned, new files
 * are adopted, and files that hold something are opened and kept open, so that rotation takes nothing away. A stop ends all
 * that, but for files that are deleted: what they hold at that time is read first, because it is nowhere else.
 *
 * <p>Threads: ticks, one at a time, scan and poll; turns run meanwhile. The session and the polled files are guarded by this
 * object.
 */
public final class FollowScheduler {
    /** How long a stop reads what deleted files still hold. */
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(4);
    /** A file that waits for its turn for so long is opened, in case its name is taken away meanwhile. */
    private static final Duration LONGEST_UNOPENED = Duration.ofMillis(500);

    private static final Set<NextStep> CLOSING = Set.of(NextStep.CLOSE, NextStep.FORGET);

    private final RunResources resources;
    private final Mono<Void> stop;
    private final DirectoryScans scans;
    private final DescriptorBudget open;
    /** Files that are polled at each tick: those that have just grown, and those that wait for something. */
    private final Set<FollowedFile> polled = new LinkedHashSet<>();
    /** Completes after the scan that follows the stop. */
    private final Sinks.Empty<Void> ended = Sinks.empty();
    /** Files that the last scan did not find. */
    private volatile List<FollowedFile> gone = List.of();
    /** Null while there is none. */
    private SinkSession session;

    private volatile boolean hasEnded;

    /** @param stop completes when nothing more is to be read than what is nowhere else */
    public FollowScheduler(List<InputScanners> inputs, RunResources resources, Mono<Void> stop) {
        this.resources = resources;
        this.stop = stop;
        this.scans = new DirectoryScans(inputs, resources);
        this.open = new DescriptorBudget(resources);
    }

    /** Scans directories and polls files until the stop, and then scans once more. To be subscribed to once in a run. */
    public Mono<Void> watching() {
        return ticks().takeUntilOther(stop)
                .concatMap(_ -> Mono.defer(this::tick), 1)
                .then(Mono.defer(() -> scans.hasScanned() ? scan() : Mono.empty())
                        .subscribeOn(resources.scan()))
                .doOnSuccess(_ -> {
                    hasEnded = true;
                    ended.tryEmitEmpty();
                });
    }

    private Flux<Long> ticks() {
        return Flux.interval(
                        Duration.ZERO,
                        resources.settings().pollInterval(),
                        resources.machine().timer())
                .onBackpressureDrop();
    }

    /** Uses files on a thread that may; where there is nothing to do, that thread is left to sleep. */
    private Mono<Void> tick() {
        return scans.poll() || isPollDue() ? Mono.defer(this::tickNow).subscribeOn(resources.scan()) : Mono.empty();
    }

    private Mono<Void> tickNow() {
        scans.takeWritten().forEach(this::schedule);
        Mono<Void> scan = scans.isDue() ? scan() : Mono.empty();
        return scan.then(Mono.fromRunnable(() -> startPoll().forEach(this::poll)));
    }

    private Mono<Void> scan() {
        return scans.scan(destination()).doOnNext(this::take).flatMap(FileTracker.Scan::notes);
    }

    /** The windows of all files, until the session or the run ends. */
    public Flux<ScannedWindow> windows(SinkPositions destination) {
        return Flux.defer(() -> {
            SinkSession begun = begin(destination);
            return begun.queue()
                    .turns()
                    .flatMap(file -> turn(file, begun), resources.settings().filesAtOnce(), 1)
                    .takeUntilOther(
                            ended.asMono().then(Mono.defer(() -> drain(begun)).subscribeOn(resources.scan())))
                    .doFinally(_ -> end(begun));
        });
    }

    private synchronized SinkPositions destination() {
        return session == null ? SinkPositions.UNKNOWN : session.destination();
    }

    private synchronized SinkSession begin(SinkPositions destination) {
        session = new SinkSession(destination, new TurnQueue(), new ShutdownDrain());
        polled.clear();
        open.newSession();
        scans.files().forEach(this::begin);
        return session;
    }

    private void begin(FollowedFile file) {
        if (file.beginSession(session.destination())) {
            enqueue(file);
        } else {
            open.close(file);
        }
    }

    /** Turns that were to come, or were cancelled, come in the next session. */
    private synchronized void end(SinkSession ended) {
        if (ended.equals(session)) {
            session = null;
            polled.addAll(ended.queue().files());
            ended.queue().files().forEach(open::turnEnded);
        }
    }

    private Flux<ScannedWindow> turn(FollowedFile file, SinkSession begun) {
        return Flux.defer(() -> turnNow(file, begun))
                .subscribeOn(resources.scan())
                // So that a turn ends only when its last window is taken: flatMap keeps no order between that one,
                // while it waits for demand, and the first of the file's next turn.
                .materialize()
                .<ScannedWindow>dematerialize()
                .takeUntilOther(begun.drain().endOf(file))
                .doFinally(_ -> turnEnded(file, begun));
    }

    private Flux<ScannedWindow> turnNow(FollowedFile file, SinkSession begun) {
        begun.queue().begun(file);
        if (!begun.drain().has(file)) {
            return Flux.empty();
        }
        if (open.admit(file)) {
            return file.turn(begun.destination());
        }
        // What is delivered of the others is checkpointed now, and not when that is due.
        return resources
                .commits()
                .queue(Committer::commit)
                .then(Mono.<ScannedWindow>fromRunnable(this::enqueuePostponedIfRoom))
                .flux();
    }

    private synchronized void enqueuePostponedIfRoom() {
        open.takePostponed(0).forEach(this::enqueue);
    }

    private synchronized void turnEnded(FollowedFile file, SinkSession ofSession) {
        if (!ofSession.equals(session)) {
            return;
        }
        boolean isDueAgain = ofSession.queue().ended(file);
        polled.add(file);
        if (ofSession.drain().has(file) && (isDueAgain || file.hasMore())) {
            enqueue(file);
        }
        if (!ofSession.queue().needsOpen(file)) {
            open.turnEnded(file);
        }
    }

    private synchronized void enqueue(FollowedFile file) {
        if (session != null && !file.isExpired()) {
            session.queue().offer(file, resources.nowNanos());
        }
    }

    /** Schedules a file that may have something to do: now, or when the destination is back. */
    private synchronized void schedule(FollowedFile file) {
        if (file.isExpired()) {
            return;
        }
        boolean isOpen = session != null && !file.place().isRotated() || open.hold(file);
        file.observe();
        if (session != null) {
            enqueue(file);
        } else if (isOpen) {
            polled.add(file);
        }
    }

    /** Reads what is nowhere else, by the directory scan that has just been made. */
    private Mono<Void> drain(SinkSession begun) {
        begun.drain().begin(scans.files());
        begun.queue().endPacing();
        return ticks().publishOn(resources.scan(), 1)
                .takeUntil(_ -> advanceDrain(begun))
                .take(LONGEST_DRAIN, resources.machine().timer())
                .then();
    }

    private synchronized boolean advanceDrain(SinkSession begun) {
        return begun.drain().advance(begun.queue(), this::enqueue);
    }

    private synchronized boolean isPollDue() {
        return !polled.isEmpty()
                || open.hasPostponed()
                || session != null && session.queue().hasAny();
    }

    private synchronized void take(FileTracker.Scan<FollowedFile> scan) {
        gone = List.copyOf(scan.gone());
        for (FollowedFile file : scan.added()) {
            // A session that began meanwhile may know it already.
            if (session != null && !file.isIn(session.destination())) {
                begin(file);
            }
        }
        scan.changed().forEach(this::schedule);
        polled.addAll(scan.gone());
        open.idle().stream()
                .filter(file -> !isQueued(file) && CLOSING.contains(next(file)))
                .forEach(this::close);
    }

    private boolean isQueued(FollowedFile file) {
        return session != null && session.queue().has(file);
    }

    private NextStep next(FollowedFile file) {
        return session == null ? file.nextWithoutSession(resources.nowNanos()) : file.next(resources.nowNanos());
    }

    private void close(FollowedFile file) {
        polled.remove(file);
        open.close(file);
    }

    private synchronized List<FollowedFile> startPoll() {
        if (session != null) {
            open.takePostponed(1).forEach(this::enqueue);
            session.queue().beginPaced();
            holdWaiting();
        }
        return List.copyOf(polled);
    }

    private void holdWaiting() {
        long momentNanos = resources.nowNanos() - LONGEST_UNOPENED.toNanos();
        for (FollowedFile file :
                session.queue().longerThan(momentNanos, resources.settings().maxOpenFiles())) {
            if (open.hold(file)) {
                polled.add(file);
            } else if (!open.isRoom()) {
                return;
            }
        }
    }

    private synchronized void poll(FollowedFile file) {
        if (session == null || isQueued(file)) {
            file.observe();
        } else {
            file.poll(resources.nowNanos());
        }
        if (session != null && file.predecessor() != null) {
            enqueue(file.predecessor());
        }
        switch (isQueued(file) ? NextStep.POLL_LATER : next(file)) {
            case READ -> enqueue(file);
            case CLOSE, FORGET -> close(file);
            case WAIT_FOR_EVENT -> polled.remove(file);
            case POLL_LATER -> {}
        }
    }

    /** Counts as lost what is left in deleted files, and what was truncated away; both are reported. The run is over. */
    public Mono<Void> end() {
        List<FollowedFile> lost = (hasEnded ? gone : scans.findGone())
                .stream().filter(FollowedFile::isOnlyOpen).toList();
        lost.forEach(FollowedFile::countLeftBehindAsLost);
        scans.files().forEach(FollowedFile::reportIfUnknown);
        scans.files().stream().filter(file -> !lost.contains(file)).forEach(FollowedFile::countTruncatedAsLost);
        scans.close();
        return scans.note(lost);
    }
}
