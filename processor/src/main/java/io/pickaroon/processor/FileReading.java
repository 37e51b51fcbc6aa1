package io.pickaroon.processor;

import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** Reads one file: from where it was left, to its end or for ever. Each subscription opens it anew. */
final class FileReading {
    private static final Logger LOG = LoggerFactory.getLogger(FileReading.class);

    private final Path path;
    private final LogInput input;
    private final Scanner scanner;
    private final Scheduler scanScheduler;
    private final RunSettings settings;
    private final Progress progress;
    private final RunCounters counters;
    private boolean planned;

    FileReading(
            Path path,
            LogInput input,
            Scanner scanner,
            Scheduler scanScheduler,
            RunSettings settings,
            Progress progress,
            RunCounters counters) {
        this.path = path;
        this.input = input;
        this.scanner = scanner;
        this.scanScheduler = scanScheduler;
        this.settings = settings;
        this.progress = progress;
        this.counters = counters;
    }

    /**
     * The file's windows, scanned, in file order. A file that cannot be read, or no longer, is reported and ends; it fails
     * nobody else.
     */
    Flux<ScannedWindow> windows() {
        return Flux.using(() -> LogFile.open(path), file -> Flux.defer(() -> read(file)), FileReading::close)
                .doOnNext(part -> counters.scanned(part.end().offset() - part.startOffset()))
                .onErrorResume(IOException.class, e -> {
                    String message = describe(e);
                    LOG.error("{}", message);
                    counters.problem(path, message);
                    return Flux.empty();
                });
    }

    private static void close(LogFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("{}: closing failed: {}", file, e.getMessage());
        }
    }

    private static String describe(IOException e) {
        String message = e instanceof NoSuchFileException ? e.getMessage() + ": no such file" : e.getMessage();
        return "input is skipped: " + message;
    }

    private Flux<ScannedWindow> read(LogFile file) {
        try {
            Reader reader = new Reader(file, resumePosition(file));
            return settings.once() ? reader.toEnd(file.sizeBytes()) : reader.follow();
        } catch (IOException e) {
            return Flux.error(e);
        }
    }

    private Position resumePosition(LogFile file) throws IOException {
        long sizeBytes = file.sizeBytes();
        Optional<Position> known = progress.position(file.identity());
        if (known.isPresent() && known.get().offset() > sizeBytes) {
            LOG.warn(
                    "{} has {} bytes, less than the {} that were read of it: it was truncated, and is read from its"
                            + " start",
                    file,
                    sizeBytes,
                    known.get().offset());
            progress.forget(file.identity());
            known = Optional.of(Position.START);
        }
        Position fresh = input.startAtEnd() ? new Position(sizeBytes, false) : Position.START;
        Position from = known.orElse(fresh);
        if (!planned) {
            planned = true;
            counters.resumed(from.offset());
            counters.planned(sizeBytes);
        }
        return from;
    }

    /** The state of one pass over an open file: how far its windows have been handed on. */
    private final class Reader {
        private final LogFile file;
        private Position reached;

        Reader(LogFile file, Position from) {
            this.file = file;
            this.reached = from;
        }

        /** Up to a limit, or as far as the file still reaches. */
        Flux<ScannedWindow> toEnd(long limitOffset) {
            return scanUpTo(limitOffset).onErrorResume(FileTruncatedException.class, e -> truncated(e, limitOffset));
        }

        private Flux<ScannedWindow> truncated(FileTruncatedException e, long limitOffset) {
            long stillThere = Math.max(reached.offset(), e.sizeBytes());
            long lostBytes = limitOffset - stillThere;
            counters.lost(lostBytes);
            String message = "%s; %d bytes are lost".formatted(e.getMessage(), lostBytes);
            LOG.error("{}", message);
            counters.problem(path, message);
            return toEnd(stillThere);
        }

        Flux<ScannedWindow> follow() {
            return Flux.defer(this::newRecords).repeatWhen(done -> done.delayElements(settings.pollInterval()));
        }

        private Flux<ScannedWindow> newRecords() {
            try {
                long sizeBytes = file.sizeBytes();
                if (sizeBytes < reached.offset()) {
                    return Flux.error(new FileTruncatedException(path, reached.offset(), sizeBytes));
                }
                return scanUpTo(input.plan().completeLimit(file, reached));
            } catch (IOException e) {
                return Flux.error(e);
            }
        }

        private Flux<ScannedWindow> scanUpTo(long limitOffset) {
            return input.plan()
                    .windows(file, reached, limitOffset)
                    .flatMapSequential(window -> scanner.scan(window).subscribeOn(scanScheduler), settings.threads(), 1)
                    .doOnNext(part -> reached = part.end());
        }
    }
}
