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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The directory scans of a run that follows files. One is due when inotify reports a change of names, or when enough time
 * has passed; scans take at most 10 % of the time of one thread while names change, but are made every 3 s if they can be,
 * and 1 % otherwise. Used by one thread at a time; {@link #files} may be called by any. Decides nothing about the files: that is {@link FollowScheduler}'s.
 */
final class DirectoryScans implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryScans.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    /** The pause between scans, where the kernel does not report all changes. */
    private static final Duration UNREPORTED_INTERVAL = Duration.ofSeconds(1);

    private static final int PAUSE_FOR_EACH_SCAN = 100;
    /** The same when inotify has reported a change of names: a new file is lost if it is deleted before the next scan. */
    private static final int PAUSE_BEFORE_NEW_NAMES = 10;
    /** A scan that takes long was waiting for the processor, as a rule: right after a start, or on a busy machine. */
    private static final Duration LONGEST_BEFORE_NEW_NAMES = Duration.ofSeconds(3);

    private final RunResources resources;
    private final DirectoryWatch watch;
    private final FileTracker<FollowedFile> tracker;
    private final NameHistory names;
    /** What was written while directories were scanned, or before. */
    private final Set<Path> written = new LinkedHashSet<>();

    private volatile boolean isFirst = true;
    private boolean namesChanged;
    private long lastNanos;
    private long lastTookNanos;
    /** The shorter of the last two scans: a single one may take long because the machine is busy. */
    private long takesNanos;

    DirectoryScans(List<InputScanners> inputs, RunResources resources) {
        this.resources = resources;
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

    /** Whether directories were scanned. */
    boolean hasScanned() {
        return !isFirst;
    }

    /** Takes what inotify has reported. Returns whether files were written, or a scan is due. */
    boolean poll() {
        DirectoryWatch.Changes changes = watch.poll();
        namesChanged |= changes.namesChanged();
        written.addAll(changes.written());
        changes.names().forEach(names::add);
        return !written.isEmpty() || isDue();
    }

    private NameHistory namesNow() {
        poll();
        return names;
    }

    /** Files that were written to, and that the last scan has found. */
    List<FollowedFile> takeWritten() {
        List<FollowedFile> files =
                written.stream().flatMap(path -> tracker.at(path).stream()).toList();
        written.clear();
        return files;
    }

    /** The files that are nowhere to be found now, by a scan that adopts none; none if directories were never scanned. */
    List<FollowedFile> findGone() {
        return isFirst ? List.of() : tracker.findKnown();
    }

    /** Notes for good that files are gone, and that nothing more of them is read. */
    Mono<Void> note(List<FollowedFile> gone) {
        return tracker.note(gone);
    }

    boolean isDue() {
        long sinceNanos = resources.nowNanos() - lastNanos;
        int pauses = namesChanged ? PAUSE_BEFORE_NEW_NAMES : PAUSE_FOR_EACH_SCAN;
        long boundNanos = namesChanged ? Math.max(LONGEST_BEFORE_NEW_NAMES.toNanos(), takesNanos) : Long.MAX_VALUE;
        long leastNanos = Math.max(SHORTEST_PAUSE.toNanos(), Math.min(boundNanos, pauses * takesNanos));
        long wantedNanos = namesChanged ? 0 : intervalNanos();
        return isFirst || sinceNanos >= Math.max(leastNanos, wantedNanos);
    }

    private long intervalNanos() {
        long usualNanos = resources.settings().following().lookInterval().toNanos();
        return watch.hearsAll() ? usualNanos : Math.min(usualNanos, UNREPORTED_INTERVAL.toNanos());
    }

    /** @param destination how far the destination knows files to be delivered, if it is known now */
    Mono<FileTracker.Scan<FollowedFile>> scan(SinkPositions destination) {
        namesChanged = false;
        return tracker.scan(isFirst, destination).doOnNext(scan -> {
            isFirst = false;
            long foundNanos = resources.nowNanos();
            namesChanged |= watch.watch(scan.directories());
            lastNanos = resources.nowNanos();
            // Without what it waited for: files come and go while the disk is slow, too.
            long tookNanos = tracker.tookNanos() + lastNanos - foundNanos;
            takesNanos = Math.min(tookNanos, lastTookNanos);
            lastTookNanos = tookNanos;
        });
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
