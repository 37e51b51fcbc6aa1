package io.pickaroon.processor.follow;

import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.DirectoryWatch;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.track.FileTracker;
import io.pickaroon.processor.track.NameHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Scans directories from the start of a run to its stop, when inotify reports a change of names or enough time has passed,
 * whether or not the destination can be reached: rotations go on in an outage. Scans take at most 1 % of the time of
 * one thread. One scan at a time; {@link #files} may be called by any thread.
 */
final class DirectoryScans implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryScans.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    /** The pause between scans, where the kernel does not report all changes. */
    private static final Duration UNREPORTED_INTERVAL = Duration.ofSeconds(1);

    private static final int PAUSE_FOR_EACH_SCAN = 100;

    private final RunResources resources;
    private final Scheduler timer;
    private final Mono<Void> stop;
    private final DirectoryWatch watch;
    private final FileTracker<FollowedFile> tracker;
    private final NameHistory names;
    /** What was written while directories were scanned, or before. */
    private final Set<Path> written = new LinkedHashSet<>();

    private final Supplier<SinkPositions> destination;
    private final Sinks.Empty<Void> ended = Sinks.empty();

    private volatile boolean isFirst = true;
    private boolean namesChanged;
    private long lastNanos;
    private long lastTookNanos;
    /** The shorter of the last two scans: a single one may take long because the machine is busy. */
    private long takesNanos;

    /** Takes what is found. */
    interface Listener {
        /** A file was written to. */
        void written(FollowedFile file);

        /** Directories were scanned. */
        void found(FileTracker.Scan<FollowedFile> scan);

        /** Whether {@link #poll} has anything to do. */
        boolean isPollDue();

        /** At each poll interval, after what was written and found. */
        void poll();
    }

    /**
     * @param timer where pauses pass
     * @param stop completes when nothing more is to be read than what is nowhere else
     * @param destination how far the destination knows files to be delivered, if it is known now
     */
    DirectoryScans(
            List<InputScanners> inputs,
            RunResources resources,
            Scheduler timer,
            Mono<Void> stop,
            Supplier<SinkPositions> destination) {
        this.resources = resources;
        this.timer = timer;
        this.stop = stop;
        this.destination = destination;
        this.watch = resources.machine().watch();
        this.names = new NameHistory(
                path -> inputs.stream().anyMatch(input -> input.input().files().covers(path)));
        this.tracker = new FileTracker<>(
                inputs,
                resources,
                (input, home, sighting) -> new FollowedFile(input, home, sighting, resources),
                this::namesNow);
    }

    /** All files that are known. Does not change. */
    List<FollowedFile> files() {
        return tracker.files();
    }

    /** Scans until the stop, and then once more. Subscribed to once in a run. */
    Mono<Void> run(Listener listener) {
        return Flux.interval(Duration.ZERO, resources.settings().pollInterval(), timer)
                .onBackpressureDrop()
                .takeUntilOther(stop)
                .concatMap(_ -> Mono.defer(() -> tick(listener)), 1)
                .then(Mono.defer(() -> isFirst ? Mono.empty() : scan(listener)).subscribeOn(resources.scan()))
                .doOnSuccess(_ -> ended.tryEmitEmpty())
                .then();
    }

    /** Completes after the scan that follows the stop. */
    Mono<Void> ended() {
        return ended.asMono();
    }

    /** The files that are nowhere to be found now, by a scan that adopts none; if {@link #run} had no time for its last one. */
    List<FollowedFile> findGone() {
        return isFirst ? List.of() : tracker.findKnown();
    }

    /** Uses files on a thread that may; where there is nothing to do, that thread is left to sleep. */
    private Mono<Void> tick(Listener listener) {
        poll();
        return written.isEmpty() && !listener.isPollDue() && !isDue()
                ? Mono.empty()
                : Mono.defer(() -> tickNow(listener)).subscribeOn(resources.scan());
    }

    private void poll() {
        DirectoryWatch.Changes changes = watch.poll();
        namesChanged |= changes.namesChanged();
        written.addAll(changes.written());
        changes.names().forEach(names::add);
    }

    private NameHistory namesNow() {
        poll();
        return names;
    }

    private Mono<Void> tickNow(Listener listener) {
        for (Path path : written) {
            tracker.at(path).ifPresent(listener::written);
        }
        written.clear();
        Mono<Void> scan = isDue() ? scan(listener) : Mono.empty();
        return scan.then(Mono.fromRunnable(listener::poll));
    }

    private boolean isDue() {
        long sinceNanos = now() - lastNanos;
        long leastNanos = Math.max(SHORTEST_PAUSE.toNanos(), PAUSE_FOR_EACH_SCAN * takesNanos);
        long wantedNanos = namesChanged ? 0 : intervalNanos();
        return isFirst || sinceNanos >= Math.max(leastNanos, wantedNanos);
    }

    private long intervalNanos() {
        long usualNanos = resources.settings().following().lookInterval().toNanos();
        return watch.hearsAll() ? usualNanos : Math.min(usualNanos, UNREPORTED_INTERVAL.toNanos());
    }

    private Mono<Void> scan(Listener listener) {
        namesChanged = false;
        long startNanos = now();
        return tracker.scan(isFirst, destination.get())
                .doOnNext(scan -> {
                    isFirst = false;
                    namesChanged |= watch.watch(scan.directories());
                    lastNanos = now();
                    long tookNanos = lastNanos - startNanos;
                    takesNanos = Math.min(tookNanos, lastTookNanos);
                    lastTookNanos = tookNanos;
                    listener.found(scan);
                })
                .flatMap(FileTracker.Scan::notes);
    }

    private long now() {
        return resources.machine().nanoTime().getAsLong();
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException e) {
            LOG.warn("watching directories could not be ended: {}", e.getMessage());
        }
    }
}
