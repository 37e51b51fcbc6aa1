package io.pickaroon.processor.once;

import io.pickaroon.processor.commit.Committer;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.decode.DamagedContentException;
import io.pickaroon.processor.decode.DecodedFile;
import io.pickaroon.processor.decode.Utf16;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.file.RemoteFileException;
import io.pickaroon.processor.file.StreamPlaces;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.ReadErrors;
import io.pickaroon.processor.read.Pace;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.read.SoughtStretch;
import io.pickaroon.processor.read.StartPosition;
import io.pickaroon.processor.read.WindowCursor;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.window.DecodedWindows;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Reads one file from where it was left to its present end. Each subscription opens it anew. */
final class OnceReader {
    private static final Logger LOG = LoggerFactory.getLogger(OnceReader.class);

    /** Trouble that may pass is waited for: 1, 2, 4, 8, 16 and 32 seconds. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private static final int MOST_FAILURES = 6;
    private static final Duration CLOSING_PAUSE = Duration.ofMillis(20);

    private final Path path;
    private final Optional<Path> home;
    private final InputScanners input;
    private final RunResources resources;
    /** The one that is read before this one, because its file had the name earlier; null if there is none. */
    private OnceReader earlier;
    /** What was opened last; null before. Changes when nothing else is done with the file. */
    private volatile FileIdentity opened;
    /** The cursor over what was opened last; null before. */
    private volatile WindowCursor cursor;
    /** How often it could not be read, and nothing of it in between. */
    private volatile int failures;

    private boolean planned;
    private boolean passedOver;

    /**
     * @param path where the file is
     * @param home the name under which it is known, if that is another one
     */
    OnceReader(Path path, Optional<Path> home, InputScanners input, RunResources resources) {
        this.path = path;
        this.home = home;
        this.input = input;
        this.resources = resources;
    }

    /** It is read after another one, whose file had its name. */
    void comesAfter(OnceReader other) {
        earlier = other;
    }

    /** In a container log, where reading of a file begins whose first records go on with what the earlier one ended in. */
    private Position goingOn(Position from) {
        boolean goesOn = from.equals(Position.START) && earlier != null && earlier.cursor != null;
        return goesOn
                ? new Position(
                        0,
                        true,
                        StreamPlaces.of(0, 0, earlier.cursor.reached().streams().cuts()))
                : from;
    }

    /** How fast its input may be read; empty: as fast as possible. */
    Optional<Pace> pace() {
        return resources.pace(input.input());
    }

    /**
     * The file's windows that are still to be delivered, scanned, in file order. A file that cannot be read, or no longer,
     * is reported and ends; it fails no other file.
     *
     * @param delivered how far the destination itself knows files to be delivered; what lies between the checkpoint and
     *     that is fixed, and not emitted again
     */
    Flux<ScannedWindow> windows(SinkPositions delivered) {
        return Mono.fromCallable(() -> read(delivered))
                .flatMapMany(windows -> windows)
                .doOnNext(_ -> failures = 0)
                .retryWhen(Retry.from(failed ->
                        failed.concatMap(again -> beforeRetry(again.failure()).thenReturn(again), 1)))
                .onErrorResume(IOException.class, e -> {
                    String skipped = e instanceof DamagedContentException ? "" : "input is skipped: ";
                    String message = skipped + ReadErrors.describe(e, input.input());
                    LOG.error("{}", message);
                    resources.counters().problem(input.input(), path, message);
                    return Flux.empty();
                });
    }

    /** Completes when the file may be read again; fails if it is not to be. */
    private Mono<Void> beforeRetry(Throwable failure) {
        int before = failures;
        if (!RemoteFileException.isCauseOf(failure) || before == MOST_FAILURES) {
            return Mono.error(failure);
        }
        if (before == 0) {
            LOG.warn("{}; it is tried again for about a minute", failure.getMessage());
        }
        resources.counters().retried(input.input());
        failures = before + 1;
        Duration pause = FIRST_PAUSE.multipliedBy(1L << before);
        return pause(pause).then(whenClosed());
    }

    /** It is opened again when what was read of it is done: reading then goes on where that ends. */
    private Mono<Void> whenClosed() {
        return Mono.defer(() -> opened == null || !resources.files().isOpen(opened)
                ? Mono.empty()
                : resources
                        .commits()
                        .queue(Committer::commit)
                        .then(pause(CLOSING_PAUSE))
                        .then(whenClosed()));
    }

    private Mono<Void> pause(Duration time) {
        return Mono.delay(time, resources.machine().timer())
                .publishOn(resources.scan())
                .then();
    }

    private Flux<ScannedWindow> read(SinkPositions delivered) throws IOException {
        LogFile file = resources.files().open(path, input.input().hasFixes(), this::open);
        opened = file.identity();
        try {
            return read(file, delivered);
        } catch (IOException e) {
            resources.files().abandon(opened);
            throw e;
        }
    }

    private Flux<ScannedWindow> read(LogFile opened, SinkPositions delivered) throws IOException {
        if (opened instanceof DecodedFile decoded) {
            skipDelivered(decoded, delivered);
        }
        StartPosition start =
                StartPosition.of(opened, input.input(), resources.positions(), delivered, Optional.empty());
        LogFile file = resources.files().renumber(opened, start.identity(), home.orElse(opened.path()));
        this.opened = file.identity();
        Position place = file.isDecoded() ? startOfDecoded(start, file.sizeBytes()) : goingOn(start.position());
        Optional<SoughtStretch> stretch = SoughtStretch.of(input.input(), file, path);
        boolean isLater =
                stretch.filter(of -> of.startOffset() > place.offset()).isPresent();
        Position from = isLater ? new Position(stretch.get().startOffset(), true) : place;
        resources.counters().opened(input.input(), file.identity(), from);
        WindowCursor pass = new WindowCursor(file, from, input, resources);
        cursor = pass;
        boolean isNew = (start.isNew() || isLater || !from.streams().isNone() && from.offset() == 0)
                && !(file.isDecoded() && start.isBlank());
        Mono<Void> begun = isNew
                ? resources
                        .commits()
                        .queue(c -> c.begin(file, from, start.past().resets()))
                : Mono.empty();
        return begun.thenMany(
                        file instanceof DecodedFile decoded
                                ? readDecoded(decoded, start, pass, stretch)
                                : readStored(file, start, pass, stretch))
                .onErrorResume(e -> isOver(file, e), _ -> Flux.empty())
                .doFinally(_ -> resources.files().readingEnded(file, from, pass.reached()));
    }

    /** Open files are closed when their session has ended; the next one opens them again. */
    private boolean isOver(LogFile file, Throwable failure) {
        return failure.getCause() instanceof ClosedChannelException
                && !resources.files().isOpen(file.identity());
    }

    private Flux<ScannedWindow> readStored(
            LogFile file, StartPosition start, WindowCursor pass, Optional<SoughtStretch> stretch) throws IOException {
        long wholeBytes = file.sizeBytes();
        long sizeBytes = stretch.map(SoughtStretch::endOffset).orElse(wholeBytes);
        long limit = stretch.map(SoughtStretch::limitOffset).orElse(wholeBytes);
        // Of a stretch, what lies before and behind it is not planned.
        long from = Math.min(pass.reached().offset(), sizeBytes);
        long passedOver = stretch.isEmpty() ? 0 : from - start.position().offset();
        plan(start, sizeBytes - Math.max(0, passedOver), start.past().lostBytes());
        Mono<Void> replayed = start.replayEnd()
                .filter(end -> end.position().offset() <= sizeBytes)
                .map(end -> pass.replay(end, sizeBytes))
                .orElse(Mono.empty());
        return replayed.then(pass.passSilently(stretch))
                .thenMany(start.isBlank() ? Flux.empty() : toEnd(pass, sizeBytes, limit));
    }

    private Optional<DecodedFile> decoded(LogFile file) throws IOException {
        try {
            return DecodedFile.of(file, input.input().reading().decoded());
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private LogFile open(Path there, boolean forFixes) throws IOException {
        if (!input.input().reading().decoded().isEmpty()) {
            LogFile file = resources.machine().open(there, false).requireTrueSize();
            Optional<DecodedFile> decoded = decoded(file);
            if (decoded.isPresent() || !forFixes) {
                return decoded.isPresent() ? decoded.get() : file;
            }
            file.close();
        }
        return resources.machine().open(there, forFixes).requireTrueSize();
    }

    private void skipDelivered(DecodedFile opened, SinkPositions delivered) throws IOException {
        if (input.input().hasFixes()) {
            LOG.warn(
                    "{} is {} content: no fix changes it",
                    opened,
                    opened.format().name());
        }
        FileIdentity known = StartPosition.latest(opened.identity(), resources.positions(), delivered);
        long knownOffset = Math.max(resources.positions().offset(known), delivered.offset(known));
        DecodedWindows.skipTo(opened, input.input().plan(), knownOffset);
    }

    /**
     * Where the destination is further than the checkpoint nothing is left to be fixed, and that is passed over. Of a blank
     * one nothing is read, and its place stays at its start.
     */
    private static Position startOfDecoded(StartPosition start, long sizeBytes) {
        return start.isBlank()
                ? new Position(sizeBytes, true)
                : start.replayEnd().map(DeliveredPosition::position).orElse(start.position());
    }

    private Flux<ScannedWindow> readDecoded(
            DecodedFile file, StartPosition start, WindowCursor pass, Optional<SoughtStretch> stretch) {
        if (!passedOver && !start.isBlank()) {
            passedOver = true;
            long bytes = pass.reached().offset() - start.position().offset();
            resources.counters().passedOver(input.input(), bytes);
        }
        // An archive is not truncated, but replaced: what was decoded ahead in the old one is not lost.
        long lostBytes = file.format() instanceof Utf16 ? start.past().lostBytes() : 0;
        return pass.passSilently(stretch)
                .thenMany(pass.scanDecoded(file, stretch))
                .doOnNext(window -> resources.counters().available(file.identity(), file.sizeBytes()))
                .doOnTerminate(() -> plan(start, file.sizeBytes(), lostBytes));
    }

    private void plan(StartPosition start, long sizeBytes, long lostBytes) {
        if (!planned) {
            planned = true;
            resources
                    .counters()
                    .resumed(start.skippedBytes() > 0 ? 0 : start.position().offset());
            resources.counters().planned(sizeBytes);
            if (start.skippedBytes() > 0) {
                resources.counters().skipped(path, start.skippedBytes());
            }
            if (lostBytes > 0) {
                lost(lostBytes, NativePath.printable(path) + " was truncated since the last run");
            }
        }
    }

    /** Up to an end, or as far as the file still reaches. */
    private Flux<ScannedWindow> toEnd(WindowCursor pass, long endOffset, long limitOffset) {
        resources.counters().available(pass.file().identity(), endOffset);
        return pass.scanTo(endOffset, limitOffset).onErrorResume(FileTruncatedException.class, e -> {
            long stillThere = Math.max(pass.reached().offset(), e.sizeBytes());
            lost(Math.max(0, endOffset - stillThere), e.getMessage());
            return toEnd(pass, Math.min(endOffset, stillThere), stillThere);
        });
    }

    private void lost(long bytes, String because) {
        resources.counters().lost(input.input(), path, bytes, because);
    }
}
