package io.pickaroon.processor.once;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.commit.Committer;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.ReadErrors;
import io.pickaroon.processor.read.Pace;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.read.WindowCursor;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.track.FileLocation;
import io.pickaroon.processor.track.FileTracker;
import io.pickaroon.processor.track.NameHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The files of a run that ends at their present end. A file that was rotated since an earlier run is read to its end
 * before the one that has its name now.
 */
public final class OnceRun {
    private static final Logger LOG = LoggerFactory.getLogger(OnceRun.class);

    /** How long what is read and not delivered is waited for, when too many files are open for it. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final RunResources resources;
    private final FileTracker<OnceFile> tracker;
    /** Of each name the files that have, or had it, those that had it earlier first. Empty until the scan. */
    private final Map<Path, List<OnceReader>> readings = new LinkedHashMap<>();
    /** Scans directories when the first session begins; not cancelled with it. */
    private Mono<Void> scan;

    public OnceRun(List<InputScanners> inputs, RunResources resources) {
        this.resources = resources;
        this.tracker = new FileTracker<>(
                inputs,
                resources,
                (input, home, sighting) ->
                        new OnceFile(input, new FileLocation(home, sighting, resources.machine()), resources),
                () -> new NameHistory(_ -> false));
    }

    /** The windows that are still to be delivered. */
    public Flux<ScannedWindow> windows(SinkPositions destination) {
        return Flux.defer(() -> {
            if (scan == null) {
                scan = tracker.scan(true, destination).flatMap(this::take).cache();
            }
            return scan.thenMany(Flux.defer(() -> {
                // Files that wait for the rate of their input take no place away from those of others.
                List<Flux<ScannedWindow>> ofEachPace = byPace().stream()
                        .map(names -> windows(names, destination))
                        .toList();
                return ofEachPace.size() == 1
                        ? ofEachPace.getFirst()
                        : Flux.fromIterable(ofEachPace).flatMap(windows -> windows, Math.max(1, ofEachPace.size()), 1);
            }));
        });
    }

    /** The names whose files are read in the same way: those without a rate, and those of each input that has one. */
    private Collection<List<List<OnceReader>>> byPace() {
        Map<Optional<Pace>, List<List<OnceReader>>> byPace = new LinkedHashMap<>();
        readings.values()
                .forEach(
                        ofOneName -> byPace.computeIfAbsent(ofOneName.getFirst().pace(), _ -> new ArrayList<>())
                                .add(ofOneName));
        return byPace.values();
    }

    private Flux<ScannedWindow> windows(List<List<OnceReader>> names, SinkPositions destination) {
        return Flux.fromIterable(names)
                .flatMap(
                        ofOneName -> Flux.fromIterable(ofOneName)
                                .concatMap(file -> whenThereIsRoom().thenMany(file.windows(destination)), 0),
                        resources.settings().filesAtOnce(),
                        1);
    }

    /**
     * Waits until another file may be opened. Files stay open until what was read of them is delivered and passed by the
     * checkpoint, so that is done now, and not when it is due.
     */
    private Mono<Void> whenThereIsRoom() {
        return Mono.defer(() -> isRoom()
                ? Mono.empty()
                : resources
                        .commits()
                        .queue(Committer::commit)
                        .then(Mono.defer(() -> isRoom() ? Mono.empty() : pause().then(whenThereIsRoom()))));
    }

    private boolean isRoom() {
        return resources.files().count() < resources.settings().maxOpenFiles();
    }

    private Mono<Void> pause() {
        return Mono.delay(PAUSE, resources.machine().timer())
                .publishOn(resources.scan())
                .then();
    }

    private Mono<Void> take(FileTracker.Scan<OnceFile> scan) {
        Set<Path> places = new HashSet<>();
        for (OnceFile file : tracker.files()) {
            file.place().now().ifPresent(place -> {
                places.add(place);
                add(
                        file.place().home(),
                        new OnceReader(place, Optional.of(file.place().home()), file.scanners(), resources));
            });
        }
        scan.names().forEach((path, input) -> {
            if (!places.contains(path)) {
                add(path, new OnceReader(path, Optional.empty(), input, resources));
            }
        });
        return scan.notes();
    }

    private void add(Path home, OnceReader reading) {
        List<OnceReader> ofHome = readings.computeIfAbsent(home, _ -> new ArrayList<>());
        if (!ofHome.isEmpty()) {
            reading.comesAfter(ofHome.getLast());
        }
        ofHome.add(reading);
    }

    /** Makes the fixes that waited, in files that were rotated and are delivered; where no rule waits, nothing does. After the last session. */
    public Mono<Void> fixWhatWaited() {
        return Flux.defer(() -> Flux.fromIterable(tracker.files()))
                .concatMap(this::fixWhatWaited, 0)
                .then()
                .subscribeOn(resources.scan());
    }

    private Mono<Void> fixWhatWaited(OnceFile waiting) {
        FileIdentity identity = waiting.identity();
        Optional<CheckpointEntry> entry = resources.positions().waiting(identity);
        Optional<Scanner> scanner = entry.flatMap(
                known -> waiting.scanners().afterRotation(known.waiting().rules()));
        if (entry.isPresent() && waiting.scanners().afterRotation().isEmpty()) {
            return resources.commits().queue(c -> c.nothingWaits(identity));
        }
        if (scanner.isEmpty()
                || !waiting.place().isRotated()
                || waiting.place().now().isEmpty()) {
            return Mono.empty();
        }
        Position delivered = entry.get().position();
        try {
            LogFile file = resources
                    .files()
                    .openAgain(
                            waiting.place().now(), identity, waiting.place().home(), true, resources.machine()::open);
            return new WindowCursor(file, entry.get().waiting().from(), waiting.scanners(), resources)
                    .fixAfterRotation(scanner.get(), delivered.offset(), delivered, file.sizeBytes())
                    .onErrorResume(IOException.class, e -> skipped(waiting, e))
                    .doFinally(_ -> resources.files().abandon(identity));
        } catch (IOException e) {
            return skipped(waiting, e);
        }
    }

    private Mono<Void> skipped(OnceFile waiting, IOException e) {
        String message =
                "fixes still wait: " + ReadErrors.describe(e, waiting.scanners().input());
        LOG.error("{}", message);
        resources.counters().problem(waiting.scanners().input(), waiting.place().home(), message);
        return Mono.empty();
    }
}
