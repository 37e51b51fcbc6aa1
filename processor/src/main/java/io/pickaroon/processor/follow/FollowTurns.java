package io.pickaroon.processor.follow;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.file.RemoteFileException;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.read.WindowCursor;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.track.FileLocation;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The turns of a followed file, of which {@link FollowScheduler} gives it one at a time. A turn emits a bounded stretch. It
 * begins with a check whether what was read before is still there: if not, the file was truncated, and a new generation of it
 * begins. When nothing is left to read of a file that was rotated, the turn makes the fixes that waited for that.
 *
 * <p>Each step of a turn takes the lock of the file's {@link FollowReader}; a step of a session that is over changes nothing.
 */
final class FollowTurns {
    private static final int WINDOWS_IN_A_TURN = 4;

    private final InputScanners input;
    private final FollowReader reading;
    private final FileLocation place;
    private final Predecessors predecessors;
    private final RetryBackoff trouble;
    private final RunResources resources;
    /** When the last turn began that found nothing to read. */
    private volatile OptionalLong drainedNanos = OptionalLong.empty();
    /** Turns that begin from now on are the last ones, which wait for no end of a record. */
    private volatile boolean endsSoon;

    FollowTurns(
            InputScanners input,
            FollowReader reading,
            FileLocation place,
            Predecessors predecessors,
            RetryBackoff trouble,
            RunResources resources) {
        this.input = input;
        this.reading = reading;
        this.place = place;
        this.predecessors = predecessors;
        this.trouble = trouble;
        this.resources = resources;
    }

    /** A new session of the sink begins: where to go on is found out anew. */
    void newSession(SinkPositions destination) {
        synchronized (reading) {
            reading.newSession(destination);
            predecessors.newSession();
            drainedNanos = OptionalLong.empty();
        }
    }

    void endSoon() {
        endsSoon = true;
    }

    /** Has what was seen, and no turn has found yet, counted as lag; of a file that could never be read nothing. */
    void noteUnread(boolean isExpired) {
        SeenSizes sizes = reading.sizes();
        synchronized (sizes) {
            boolean isReadable = !isExpired && !trouble.isThere();
            if (reading.isUntouched() || isReadable && sizes.hasChangedTo(sizes.observedBytes())) {
                long from = reading.deliveredOffset();
                long unread = isReadable ? sizes.unreadBytes(from) : 0;
                resources.counters().unread(input.input(), reading.identity(), from, unread);
            }
        }
    }

    /** Whether a turn that began at this moment, or later, found nothing to read. */
    boolean foundNothingSince(long momentNanos) {
        OptionalLong drained = drainedNanos;
        return drained.isPresent() && drained.getAsLong() - momentNanos >= 0;
    }

    /** Reads a stretch. What cannot be read is reported, and tried again later; it fails no other file. */
    Flux<ScannedWindow> turn(SinkPositions destination) {
        long startNanos = resources.nowNanos();
        return step(destination, () -> begin(destination))
                .concatWith(step(destination, () -> read(startNanos, destination)))
                .doOnComplete(trouble::recovered)
                .onErrorResume(FileTruncatedException.class, e -> endTruncated(e, destination))
                .onErrorResume(IOException.class, this::fail);
    }

    private Flux<ScannedWindow> begin(SinkPositions destination) throws IOException {
        if (trouble.isThere()) {
            reading.reopen();
        }
        return reading.begin(destination).thenMany(Flux.empty());
    }

    private Flux<ScannedWindow> step(SinkPositions destination, Callable<Flux<ScannedWindow>> step) {
        return Mono.fromCallable(() -> {
                    synchronized (reading) {
                        return reading.delivered().isIn(destination) ? step.call() : Flux.<ScannedWindow>empty();
                    }
                })
                .flatMapMany(windows -> windows);
    }

    private Flux<ScannedWindow> read(long startNanos, SinkPositions destination) throws IOException {
        Flux<ScannedWindow> again = step(destination, () -> read(startNanos, destination));
        LogFile file = reading.open().file();
        boolean isLast = endsSoon;
        ObservedSize.Seen seen = reading.sizes().take(file);
        if (!reading.findUnchanged(seen)) {
            return reading.beginNextGeneration(seen).thenMany(again);
        }
        reading.sizes().continueAt(reading.reachedOffset(), seen);
        if (isLast) {
            reading.emission().endAt(seen.nowBytes());
        }
        Optional<Mono<Void>> skipped = reading.skipToFirstRecord();
        if (skipped.isPresent()) {
            return skipped.get().thenMany(again);
        }
        boolean hasMore = reading.findMore();
        // Also where it has nothing: a file that comes after this one comes after its predecessors, too.
        if (predecessors.block(resources.nowNanos())) {
            return Flux.empty();
        }
        Optional<Mono<Void>> goesOn = reading.goOnWith(predecessors.openStreams());
        if (goesOn.isPresent()) {
            return goesOn.get().thenMany(again);
        }
        predecessors.forgetOpenStreams();
        if (!hasMore) {
            drainedNanos = reading.emission().hasTailRecord(reading.reachedOffset()) && !isLast
                    ? drainedNanos
                    : OptionalLong.of(startNanos);
            return fixWhatWaited(file);
        }
        return reading.emit(turnBytes());
    }

    private long turnBytes() {
        long bytes = (long) WINDOWS_IN_A_TURN * input.input().plan().windowBytes();
        return endsSoon
                ? bytes
                : resources
                        .pace(input.input())
                        .map(pace -> Math.min(bytes, pace.stretchBytes()))
                        .orElse(bytes);
    }

    private Flux<ScannedWindow> endTruncated(FileTruncatedException e, SinkPositions destination) {
        synchronized (reading) {
            if (reading.delivered().isIn(destination)) {
                reading.shrinkTo(e.sizeBytes());
            }
        }
        return Flux.empty();
    }

    private Flux<ScannedWindow> fail(IOException e) {
        trouble.failed(
                place.isUnknown() && e instanceof NoSuchFileException ? unsearched() : e,
                reading.open().reachedOr(0));
        if (trouble.lasts() && e instanceof RemoteFileException && place.now().isEmpty()) {
            reading.abandon();
        }
        if (trouble.isThere()) {
            noteUnread(false);
        }
        return Flux.empty();
    }

    /** It may have another name. Others need not wait for it until its directory can be searched again. */
    private IOException unsearched() {
        return new IOException(place.unknownText());
    }

    private Flux<ScannedWindow> fixWhatWaited(LogFile file) throws IOException {
        Optional<CheckpointEntry> entry = resources.positions().waiting(file.identity());
        if (entry.isPresent() && input.afterRotation().isEmpty()) {
            return resources
                    .commits()
                    .queue(c -> c.nothingWaits(file.identity()))
                    .thenMany(Flux.empty());
        }
        if (entry.isEmpty() || !place.isRotated() || place.now().isEmpty() || place.refreshAtHome()) {
            return Flux.empty();
        }
        reading.emission().forgetLines();
        Position delivered = entry.get().position();
        Position fixed = entry.get().waiting().from();
        return new WindowCursor(file, fixed, input, resources)
                .fixAfterRotation(
                        input.afterRotation(entry.get().waiting().rules()).get(),
                        Math.min(delivered.offset(), fixed.offset() + turnBytes()),
                        delivered,
                        reading.sizes().seenBytes())
                .thenMany(Flux.empty());
    }
}
