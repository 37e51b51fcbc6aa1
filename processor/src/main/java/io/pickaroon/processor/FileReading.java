package io.pickaroon.processor;

import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reads one file: from where it was left, to its end or for ever. Each subscription opens it anew. */
final class FileReading {
    private static final Logger LOG = LoggerFactory.getLogger(FileReading.class);

    /** What is to be done, in order, before new windows may be delivered. What cannot be done ends the run. */
    interface Preparation {
        /** Makes it durable where reading begins, in a file that no checkpoint knows or that starts anew. */
        Mono<Void> begin(LogFile file, Position start);

        /** Takes a window that an earlier session delivered. */
        Mono<Void> replay(ScannedWindow window, Position delivered);

        /** Makes all replayed windows of a file durable. */
        Mono<Void> replayed();
    }

    /**
     * Where reading begins.
     *
     * @param isNews whether the checkpoint does not know
     */
    private record Start(Position position, boolean isNews) {}

    private final Path path;
    private final LogInput input;
    private final Scanner scanner;
    private final Scheduler scanScheduler;
    private final Scheduler timer;
    private final RunSettings settings;
    private final OpenFiles files;
    private final Progress progress;
    private final Preparation preparation;
    private final RunCounters counters;
    private boolean planned;

    FileReading(
            Path path,
            LogInput input,
            Scanner scanner,
            Scheduler scanScheduler,
            Scheduler timer,
            RunSettings settings,
            OpenFiles files,
            Progress progress,
            Preparation preparation,
            RunCounters counters) {
        this.path = path;
        this.input = input;
        this.scanner = scanner;
        this.scanScheduler = scanScheduler;
        this.timer = timer;
        this.settings = settings;
        this.files = files;
        this.progress = progress;
        this.preparation = preparation;
        this.counters = counters;
    }

    /**
     * The file's windows that are still to be delivered, scanned, in file order. A file that cannot be read, or no longer,
     * is reported and ends; it fails nobody else.
     *
     * @param delivered how far the destination itself knows files to be delivered; what lies between the checkpoint and
     *     that is fixed, and not emitted again
     */
    Flux<ScannedWindow> windows(Map<FileIdentity, DeliveredPosition> delivered) {
        return Flux.defer(() -> read(delivered)).onErrorResume(IOException.class, e -> {
            String message = "input is skipped: " + describe(e);
            LOG.error("{}", message);
            counters.problem(input, path, message);
            return Flux.empty();
        });
    }

    private String describe(IOException e) {
        if (e instanceof NoSuchFileException) {
            return e.getMessage() + ": no such file";
        }
        if (e instanceof AccessDeniedException) {
            return e.getMessage() + ": no permission to " + (input.hasFixes() ? "read and write it" : "read it");
        }
        return e.getMessage();
    }

    private Flux<ScannedWindow> read(Map<FileIdentity, DeliveredPosition> delivered) {
        try {
            LogFile file = files.open(path, input.hasFixes());
            return read(file, Optional.ofNullable(delivered.get(file.identity())));
        } catch (IOException e) {
            return Flux.error(e);
        }
    }

    private Flux<ScannedWindow> read(LogFile file, Optional<DeliveredPosition> known) throws IOException {
        long sizeBytes = file.sizeBytes();
        Optional<Position> delivered = known.map(DeliveredPosition::position);
        Start start = start(file, sizeBytes, delivered);
        Position from = start.position();
        counters.opened(input, file.identity(), from);
        Pass pass = new Pass(file, from);
        Flux<ScannedWindow> replayed = known.filter(k ->
                        k.position().offset() > from.offset() && k.position().offset() <= sizeBytes)
                .map(k -> pass.replay(k, sizeBytes))
                .orElse(Flux.empty());
        Mono<Void> begun = start.isNews() ? preparation.begin(file, from) : Mono.empty();
        return begun.thenMany(replayed)
                .concatWith(settings.once() ? pass.toEnd(sizeBytes) : pass.follow())
                .doFinally(_ -> files.readingEnded(file, from, pass.reached));
    }

    private Start start(LogFile file, long sizeBytes, Optional<Position> delivered) {
        Optional<Position> known = progress.position(file.identity());
        long furthest = Math.max(
                known.map(Position::offset).orElse(0L),
                delivered.map(Position::offset).orElse(0L));
        if (furthest > sizeBytes) {
            LOG.warn(
                    "{} has {} bytes, less than the {} that were read of it: it was truncated, and is read from its"
                            + " start",
                    file,
                    sizeBytes,
                    furthest);
            return new Start(Position.START, true);
        }
        Start start =
                known.map(position -> new Start(position, false)).orElseGet(() -> unknownStart(sizeBytes, delivered));
        if (!planned) {
            planned = true;
            counters.resumed(start.position().offset());
            counters.planned(sizeBytes);
        }
        return start;
    }

    /**
     * Where a file is begun that the checkpoint does not know. If the destination knows it, what lies before was delivered,
     * and still has to be fixed; but not where reading began at the end: nobody knows where that was, and a byte that was
     * never delivered is never fixed.
     */
    private Start unknownStart(long sizeBytes, Optional<Position> delivered) {
        return input.startAtEnd()
                ? new Start(delivered.orElse(new Position(sizeBytes, false)), true)
                : new Start(Position.START, false);
    }

    /** One pass over an open file. */
    private final class Pass {
        private final LogFile file;
        /** How far windows have been handed on. */
        private volatile Position reached;
        /** The last place up to there at which a record is known to start. */
        private volatile long floorOffset;

        Pass(LogFile file, Position from) {
            this.file = file;
            reach(from);
        }

        private void reach(Position position) {
            reached = position;
            if (position.startsRecord()) {
                floorOffset = position.offset();
            }
        }

        /**
         * Fixes what was delivered in an earlier session, and emits nothing. The destination's position moves on only
         * when that is durable, so that there is never more than one end of an earlier reading in what is replayed.
         *
         * <p>A rule that did not emit then, and does now, does nothing here: what it matches was not delivered, and a fix
         * would destroy it.
         */
        Flux<ScannedWindow> replay(DeliveredPosition delivered, long sizeBytes) {
            Position end = delivered.position();
            long limitOffset = end.startsRecord() ? end.offset() : sizeBytes;
            LOG.info(
                    "{}: delivered up to {}, fixing from {} on without emitting again",
                    file,
                    end.offset(),
                    reached.offset());
            Scanner before = scanner.onlyWith(Set.of());
            Scanner since = scanner.onlyWith(delivered.rules());
            warnOfOthers(delivered, before, since);
            long changeOffset = Math.max(reached.offset(), delivered.rulesSince());
            return Flux.defer(() -> scan(before, changeOffset, limitOffset))
                    .concatWith(Flux.defer(() -> scan(since, end.offset(), limitOffset)))
                    .concatMap(window -> preparation.replay(window, end), 1)
                    .then(preparation.replayed())
                    .thenMany(Flux.<ScannedWindow>empty())
                    .doOnComplete(() -> reach(end));
        }

        private void warnOfOthers(DeliveredPosition delivered, Scanner before, Scanner since) {
            boolean somethingBefore = reached.offset() < delivered.rulesSince();
            int fewest = (somethingBefore ? before : since).rules().size();
            if (fewest < scanner.rules().size()) {
                LOG.warn(
                        "{}: {} of {} rules may not have been there when the bytes from {} to {} were delivered; they"
                                + " fix nothing there, because what they match was not emitted; 'pickaroon fix' can",
                        file,
                        scanner.rules().size() - fewest,
                        scanner.rules().size(),
                        reached.offset(),
                        somethingBefore && since == scanner
                                ? delivered.rulesSince()
                                : delivered.position().offset());
            }
        }

        /** Up to a limit, or as far as the file still reaches. */
        Flux<ScannedWindow> toEnd(long limitOffset) {
            counters.available(file.identity(), limitOffset);
            return Flux.defer(() -> scan(scanner, limitOffset, limitOffset))
                    .onErrorResume(FileTruncatedException.class, e -> truncated(e, limitOffset));
        }

        private Flux<ScannedWindow> truncated(FileTruncatedException e, long limitOffset) {
            long stillThere = Math.max(reached.offset(), e.sizeBytes());
            long lostBytes = limitOffset - stillThere;
            counters.lost(input, lostBytes);
            String message = "%s; %d bytes are lost".formatted(e.getMessage(), lostBytes);
            LOG.error("{}", message);
            counters.problem(input, path, message);
            return toEnd(stillThere);
        }

        Flux<ScannedWindow> follow() {
            return Flux.defer(this::newRecords)
                    .subscribeOn(scanScheduler)
                    .repeatWhen(done -> done.delayElements(settings.pollInterval(), timer));
        }

        private Flux<ScannedWindow> newRecords() {
            try {
                long sizeBytes = file.sizeBytes();
                if (sizeBytes < reached.offset()) {
                    return Flux.error(new FileTruncatedException(path, reached.offset(), sizeBytes));
                }
                long limitOffset = input.plan().completeLimit(file, reached);
                counters.available(file.identity(), limitOffset);
                return scan(scanner, limitOffset, limitOffset);
            } catch (IOException e) {
                return Flux.error(e);
            }
        }

        private Flux<ScannedWindow> scan(Scanner by, long endOffset, long limitOffset) {
            return input.plan()
                    .windows(file, reached, floorOffset, endOffset, limitOffset)
                    .flatMapSequential(window -> by.scan(window).subscribeOn(scanScheduler), settings.threads(), 1)
                    .doOnNext(this::scanned);
        }

        private void scanned(ScannedWindow part) {
            counters.scanned(part.end().offset() - reached.offset());
            reach(part.end());
        }
    }
}
