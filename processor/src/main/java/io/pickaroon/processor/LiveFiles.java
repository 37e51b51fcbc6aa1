package io.pickaroon.processor;

import io.pickaroon.processor.file.DirectoryWatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * All files that a run follows, and whose turn it is to be read.
 *
 * <p>Files that have something to do stand in a queue, each once, and a turn is bounded: so a huge backlog holds up nobody
 * for longer than that. A file gets into the queue when the kernel reports a change, when a look from outside finds it
 * grown, or, for some time after it has grown, when it is asked. Nothing is done for the others; those that nobody has
 * heard of for a while are closed.
 *
 * <p>A stop ends all that, but for files that are deleted: what they hold at that time is read first, because it is nowhere
 * else.
 *
 * <p>Threads: ticks, one at a time, look and ask; turns run meanwhile. Queue and sets are guarded by this object.
 */
final class LiveFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveFiles.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    /** The pause between looks, where the kernel does not report all changes. */
    private static final Duration UNHEARD_LOOK_INTERVAL = Duration.ofSeconds(1);

    /** Looks take at most this part of the time of one thread. */
    private static final int PAUSE_FOR_EACH_LOOK = 100;
    /** How long a stop waits for what deleted files still hold. */
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(4);

    private final RunParts parts;
    private final Scheduler timer;
    private final Mono<Void> stop;
    private final DirectoryWatch watch;
    private final Whereabouts whereabouts;
    /** Files that are asked at each tick: those that have just grown, and those that wait for something. */
    private final Set<LiveFile> active = new LinkedHashSet<>();
    /** Open files without a turn, the one without a turn for longest first. */
    private final Set<LiveFile> idle = new LinkedHashSet<>();

    /** Files that had no room to be opened. */
    private final Set<LiveFile> postponed = new LinkedHashSet<>();

    /** Files that the last look found nowhere. */
    private List<LiveFile> gone = List.of();

    private Session session;
    private volatile boolean isFirstLook = true;
    /** The stop has had a look of its own. */
    private volatile boolean hasLastLook;

    private boolean namesChanged;
    private long lastLookNanos;
    private long lastLookTookNanos;
    /** The shorter of the last two looks: a single one may take long because the machine is busy. */
    private long lookTakesNanos;

    /** One session of the sink. */
    private static final class Session {
        final DestinationPositions destination;
        final LastTurns lastTurns = new LastTurns();
        final Sinks.Many<LiveFile> queue = Sinks.many().unicast().onBackpressureBuffer(new ConcurrentLinkedQueue<>());

        Session(DestinationPositions destination) {
            this.destination = destination;
        }
    }

    /**
     * @param timer where pauses between ticks pass
     * @param stop completes when nothing more is to be read than what is nowhere else
     */
    LiveFiles(List<InputScanners> inputs, RunParts parts, Scheduler timer, Mono<Void> stop) {
        this.parts = parts;
        this.timer = timer;
        this.stop = stop;
        this.watch = parts.machine().watch();
        this.whereabouts = new Whereabouts(inputs, parts);
    }

    /** The windows of all files, for as long as somebody takes them, or until the stop. */
    Flux<ScannedWindow> windows(DestinationPositions destination) {
        return Flux.defer(() -> {
            Session begun = begin(destination);
            return begun.queue
                    .asFlux()
                    .flatMap(file -> turn(file, begun), parts.settings().filesAtOnce(), 1)
                    .takeUntilOther(ticks(begun));
        });
    }

    private synchronized Session begin(DestinationPositions destination) {
        session = new Session(destination);
        active.clear();
        idle.clear();
        postponed.clear();
        for (LiveFile file : whereabouts.files()) {
            file.newSession(destination);
            enqueue(file);
        }
        return session;
    }

    private Flux<ScannedWindow> turn(LiveFile file, Session begun) {
        return Flux.defer(() -> turnNow(file, begun))
                .subscribeOn(parts.scan())
                // So that a turn ends only when its last window is taken: flatMap keeps no order between that one,
                // while it waits for demand, and the first of the file's next turn.
                .materialize()
                .<ScannedWindow>dematerialize()
                .takeUntilOther(begun.lastTurns.endOf(file))
                .doFinally(_ -> turnEnded(file, begun));
    }

    private Flux<ScannedWindow> turnNow(LiveFile file, Session begun) {
        if (!begun.lastTurns.has(file)) {
            return Flux.empty();
        }
        if (makeRoom(file)) {
            return file.turn(begun.destination);
        }
        // What is delivered of the others is passed by the checkpoint now, and not when that is due.
        return parts.preparation()
                .commit()
                .then(Mono.<ScannedWindow>fromRunnable(this::enqueuePostponedIfRoom))
                .flux();
    }

    /** Closes files that nothing was heard of for longest. False if too many wait to be fixed: then it is a matter of time. */
    private synchronized boolean makeRoom(LiveFile file) {
        idle.remove(file);
        // What was read of it in a session that failed is still open, and delivered by nobody before it is read again.
        boolean needsNone = file.isHeld();
        Iterator<LiveFile> oldest = idle.iterator();
        while (!needsNone && !isRoom() && oldest.hasNext()) {
            LiveFile closed = oldest.next();
            if (closed.canBeOpenedAgain()) {
                oldest.remove();
                closed.close();
            }
        }
        boolean isRoom = needsNone || isRoom();
        if (!isRoom) {
            postponed.add(file);
        }
        return isRoom;
    }

    private synchronized void enqueuePostponedIfRoom() {
        if (isRoom()) {
            enqueuePostponed();
        }
    }

    /** As many as there is room for; one at least, which may find out that others can be closed. */
    private void enqueuePostponed() {
        Iterator<LiveFile> longest = postponed.iterator();
        for (int left = Math.max(1, room()); left > 0 && longest.hasNext(); left--) {
            LiveFile file = longest.next();
            longest.remove();
            enqueue(file);
        }
    }

    private boolean isRoom() {
        return room() > 0;
    }

    private int room() {
        return parts.settings().maxOpenFiles() - parts.files().count();
    }

    private synchronized void turnEnded(LiveFile file, Session ofSession) {
        if (ofSession != session) {
            return;
        }
        file.isQueued = false;
        active.add(file);
        if (ofSession.lastTurns.has(file) && (file.isStirred || file.hasMore())) {
            enqueue(file);
        } else if (file.isOpen()) {
            idle.add(file);
        }
    }

    private synchronized void enqueue(LiveFile file) {
        if (file.hasEnded()) {
            return;
        }
        if (file.isQueued) {
            file.isStirred = true;
            return;
        }
        file.isQueued = true;
        file.isStirred = false;
        session.queue.tryEmitNext(file);
    }

    private Mono<Void> ticks(Session begun) {
        return Flux.interval(Duration.ZERO, parts.settings().pollInterval(), timer)
                .onBackpressureDrop()
                .takeUntilOther(stop)
                .concatMap(_ -> Mono.defer(() -> tick(begun)), 1)
                .then(Mono.defer(() -> drain(begun)).subscribeOn(parts.scan()));
    }

    /** Reads what is nowhere else, by a look that is made now. */
    private Mono<Void> drain(Session begun) {
        if (isFirstLook) {
            return Mono.empty();
        }
        hasLastLook = true;
        return look(begun).then(Mono.defer(() -> {
            List<LiveFile> drained = begun.lastTurns.begin(gone());
            return Flux.interval(Duration.ZERO, parts.settings().pollInterval(), timer)
                    .onBackpressureDrop()
                    .publishOn(parts.scan(), 1)
                    .takeUntil(_ -> askDrained(drained))
                    .take(LONGEST_DRAIN, timer)
                    .then();
        }));
    }

    private synchronized List<LiveFile> gone() {
        return gone;
    }

    /** Returns whether nothing is left in any of them. */
    private synchronized boolean askDrained(List<LiveFile> drained) {
        boolean isDone = true;
        for (LiveFile file : drained) {
            if (file.isQueued || !file.isDrained()) {
                isDone = false;
                for (LiveFile next = file; next != null; next = next.predecessor()) {
                    if (!next.isQueued) {
                        enqueue(next);
                    }
                }
            }
        }
        return isDone;
    }

    /** Looks and asks, on a thread that may use files; where nobody waits for anything, that thread is left to sleep. */
    private Mono<Void> tick(Session begun) {
        DirectoryWatch.Changes changes = watch.poll();
        namesChanged |= changes.namesChanged();
        return changes.written().isEmpty() && isNobodyActive() && !isLookDue()
                ? Mono.empty()
                : Mono.defer(() -> tick(changes, begun)).subscribeOn(parts.scan());
    }

    private Mono<Void> tick(DirectoryWatch.Changes changes, Session begun) {
        for (Path written : changes.written()) {
            whereabouts.at(written).ifPresent(this::enqueue);
        }
        Mono<Void> look = isLookDue() ? look(begun) : Mono.empty();
        return look.then(Mono.fromRunnable(this::askActive));
    }

    private synchronized boolean isNobodyActive() {
        return active.isEmpty() && postponed.isEmpty();
    }

    private boolean isLookDue() {
        long sinceNanos = now() - lastLookNanos;
        long leastNanos = Math.max(SHORTEST_PAUSE.toNanos(), PAUSE_FOR_EACH_LOOK * lookTakesNanos);
        long wantedNanos = namesChanged ? 0 : lookIntervalNanos();
        return isFirstLook || sinceNanos >= Math.max(leastNanos, wantedNanos);
    }

    private long lookIntervalNanos() {
        long usualNanos = parts.settings().following().lookInterval().toNanos();
        return watch.hearsAll() ? usualNanos : Math.min(usualNanos, UNHEARD_LOOK_INTERVAL.toNanos());
    }

    private Mono<Void> look(Session begun) {
        long startNanos = now();
        namesChanged = false;
        Whereabouts.Look look = look(begun.destination);
        namesChanged = watch.watch(look.directories());
        lastLookNanos = now();
        long tookNanos = lastLookNanos - startNanos;
        lookTakesNanos = Math.min(tookNanos, lastLookTookNanos);
        lastLookTookNanos = tookNanos;
        return look.notes().publishOn(parts.scan()).then(Mono.fromRunnable(() -> take(look, begun)));
    }

    private Whereabouts.Look look(DestinationPositions destination) {
        synchronized (whereabouts) {
            Whereabouts.Look look = whereabouts.look(isFirstLook, destination);
            isFirstLook = false;
            return look;
        }
    }

    private synchronized void take(Whereabouts.Look look, Session begun) {
        gone = List.copyOf(look.gone());
        if (begun == session) {
            look.stirred().forEach(this::enqueue);
            active.addAll(look.gone());
            List.copyOf(idle).stream()
                    .filter(file -> !file.isQueued && file.isQuiet())
                    .forEach(this::close);
        }
    }

    private void close(LiveFile file) {
        active.remove(file);
        idle.remove(file);
        file.close();
    }

    private void askActive() {
        List<LiveFile> asked;
        synchronized (this) {
            asked = new ArrayList<>(active);
            enqueuePostponed();
        }
        for (LiveFile file : asked) {
            ask(file);
        }
    }

    private synchronized void ask(LiveFile file) {
        LiveFile predecessor = file.predecessor();
        if (predecessor != null) {
            enqueue(predecessor);
        }
        // Of a chain of files that wait for each other, too: who waits for this one has put it into the queue.
        if (file.isQueued) {
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

    private long now() {
        return parts.machine().nanoTime().getAsLong();
    }

    /** What is left in files that are deleted is lost now, and said so; in an outage nobody has looked whether they are. */
    @Override
    public void close() {
        if (!isFirstLook && !hasLastLook) {
            gone = List.copyOf(look(session.destination).gone());
        }
        gone().stream().filter(LiveFile::isOpenOnly).forEach(LiveFile::isLeft);
        try {
            watch.close();
        } catch (IOException e) {
            LOG.warn("watching directories could not be ended: {}", e.getMessage());
        }
    }
}
