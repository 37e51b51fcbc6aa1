package io.pickaroon.processor.read;

import io.pickaroon.processor.commit.CommitQueue;
import io.pickaroon.processor.commit.Committer;
import io.pickaroon.processor.decode.DecodedFile;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.delivery.Delivery;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.DecodedWindows;
import io.pickaroon.processor.window.Window;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A cursor over an open file, window by window. Moved by one reader at a time; any thread may ask where it is. */
public final class WindowCursor {
    private static final Logger LOG = LoggerFactory.getLogger(WindowCursor.class);

    private final LogFile file;
    private final InputScanners input;
    private final RunResources resources;
    private final Optional<Pace> pace;
    /** How far windows have been emitted. */
    private volatile Position reached;
    /** The last place up to there at which a record is known to start. */
    private volatile long floorOffset;

    /** Checks a window before it is emitted. */
    public interface Check {
        void require(LogFile file, ScannedWindow window) throws IOException;
    }

    public WindowCursor(LogFile file, Position from, InputScanners input, RunResources resources) {
        this.file = file;
        this.input = input;
        this.resources = resources;
        this.pace = resources.pace(input.input());
        reach(from);
    }

    /** A cursor at the same place of the same file, opened again. */
    public WindowCursor through(LogFile reopened) {
        WindowCursor pass = new WindowCursor(reopened, reached, input, resources);
        pass.floorOffset = floorOffset;
        return pass;
    }

    public LogFile file() {
        return file;
    }

    public Position reached() {
        return reached;
    }

    private void reach(Position position) {
        reached = position;
        if (position.startsRecord()) {
            floorOffset = position.offset();
        }
    }

    /**
     * The windows that come next, scanned in parallel and emitted in order.
     *
     * @param endOffset where the last of them ends
     * @param limitOffset up to where their records may reach
     * @param holdsOpen see {@link Window#holdsOpen}
     * @param check is called with each before it counts as emitted
     */
    public Flux<ScannedWindow> scan(long endOffset, long limitOffset, boolean holdsOpen, Check check) {
        return Flux.defer(() -> {
                    pace.ifPresent(held -> held.take(Math.max(0, endOffset - reached.offset())));
                    return scan(input.first(), endOffset, limitOffset, holdsOpen);
                })
                .doOnNext(window -> require(check, window))
                .doOnNext(this::scanned);
    }

    private void require(Check check, ScannedWindow window) {
        try {
            check.require(file, window);
        } catch (IOException e) {
            throw Exceptions.propagate(e);
        }
    }

    /**
     * All windows that come next up to an offset. Where the input has a {@link Pace}, they are no longer than its stretches, and
     * each is scanned when it may be.
     *
     * @param limitOffset up to where their records may reach
     */
    public Flux<ScannedWindow> scanTo(long endOffset, long limitOffset) {
        return pace.isEmpty()
                ? scanned(input.first(), endOffset, limitOffset)
                : scanInTurn(
                        input.first(),
                        () -> isContainer()
                                ? plan().inTurn(file, this::reached, endOffset, limitOffset, false)
                                : plan().windows(file, reached, floorOffset, endOffset, limitOffset));
    }

    /** All windows that come next of a file that is decoded, each when it may be read. Nothing is changed in it. */
    public Flux<ScannedWindow> scanDecoded(DecodedFile decoded, Optional<SoughtStretch> stretch) {
        long endOffset = stretch.map(SoughtStretch::endOffset).orElse(Long.MAX_VALUE);
        return scanInTurn(input.first(), () -> DecodedWindows.of(decoded, plan(), this::reached, endOffset));
    }

    /** Reads what has to be read before the records of a stretch, and emits nothing. */
    public Mono<Void> passSilently(Optional<SoughtStretch> stretch) {
        return Mono.justOrEmpty(stretch)
                .filter(of -> of.silentOffset() > reached.offset())
                .flatMapMany(of -> {
                    Scanner silent = input.first().onlyWith(Set.of());
                    return file instanceof DecodedFile decoded
                            ? scanInTurn(
                                    silent, () -> DecodedWindows.of(decoded, plan(), this::reached, of.silentOffset()))
                            : scanned(silent, of.silentOffset(), of.limitOffset());
                })
                .then();
    }

    private Flux<ScannedWindow> scanInTurn(Scanner scanner, Supplier<Flux<Window>> windows) {
        Flux<Window> each = Flux.defer(windows);
        return pace.map(held -> each.subscribeOn(resources.scan())
                        .concatMap(window -> whenAllowed(held, window, scanner.scan(window)), 0))
                .orElseGet(() -> scanner.scanInTurn(each, resources.scan()))
                .map(this::withoutEditsIfDecoded)
                .doOnNext(this::scanned);
    }

    private Flux<ScannedWindow> whenAllowed(Pace held, Window window, Flux<ScannedWindow> scan) {
        return held.takeInTurn(
                        window.endOffset() - window.startOffset(),
                        resources.machine().timer())
                .thenMany(scan.subscribeOn(resources.scan()));
    }

    /** With windows no longer than the stretches of the input. */
    private WindowPlan plan() {
        WindowPlan plan = input.input().plan();
        return pace.filter(held -> held.stretchBytes() < plan.windowBytes())
                .map(held -> new WindowPlan((int) held.stretchBytes(), plan.format()))
                .orElse(plan);
    }

    private ScannedWindow withoutEditsIfDecoded(ScannedWindow part) {
        return file.isDecoded() ? part.withoutEdits() : part;
    }

    private Flux<ScannedWindow> scanned(Scanner by, long endOffset, long limitOffset) {
        return Flux.defer(() -> scan(by, endOffset, limitOffset, false)).doOnNext(this::scanned);
    }

    private Flux<ScannedWindow> scan(Scanner scanner, long endOffset, long limitOffset, boolean holdsOpen) {
        WindowPlan plan = input.input().plan();
        Flux<ScannedWindow> windows = isContainer()
                ? scanner.scanInTurn(
                        plan.inTurn(file, this::reached, endOffset, limitOffset, holdsOpen), resources.scan())
                : scanner.scan(
                        plan.windows(file, reached, floorOffset, endOffset, limitOffset),
                        plan,
                        resources.scan(),
                        resources.settings().threads());
        return windows.map(this::withoutEditsIfDecoded);
    }

    private boolean isContainer() {
        return input.input().plan().format().container().isPresent();
    }

    private void scanned(ScannedWindow part) {
        resources.counters().scanned(part.end().offset() - reached.offset());
        reach(part.end());
    }

    /**
     * Fixes what was delivered in an earlier session, and emits nothing. The destination's position moves on only when
     * that is durable, so that there is never more than one end of an earlier reading in what is replayed.
     *
     * <p>A rule that did not emit then, and does now, does nothing here: what it matches was not delivered, and a fix
     * would destroy it.
     */
    public Mono<Void> replay(DeliveredPosition delivered, long sizeBytes) {
        Position end = delivered.position();
        long limitOffset = limit(end, sizeBytes);
        LOG.info(
                "{}: delivered up to {}, {} from {} on without emitting again",
                file,
                end.offset(),
                input.input().hasFixes() ? "fixing" : "reading",
                reached.offset());
        Scanner before = input.first().onlyWith(Set.of());
        Scanner since = input.first().onlyWith(delivered.rules());
        warnOfOthers(delivered, before, since);
        long changeOffset = Math.max(reached.offset(), delivered.rulesSince());
        Flux<ScannedWindow> windows =
                scanned(before, changeOffset, limitOffset).concatWith(scanned(since, end.offset(), limitOffset));
        return commit(windows.map(window -> window.withStreamsOf(end)), end, false)
                .doOnSuccess(_ -> reach(end));
    }

    private void warnOfOthers(DeliveredPosition delivered, Scanner before, Scanner since) {
        Scanner all = input.first();
        boolean somethingBefore = reached.offset() < delivered.rulesSince();
        long fewest = fixing(somethingBefore ? before : since);
        if (fewest < fixing(all)) {
            LOG.warn(
                    "{}: {} of {} rules with a fix may not have been there when the bytes from {} to {} were"
                            + " delivered; they fix nothing there, because what they match was not emitted; 'pickaroon"
                            + " fix' can",
                    file,
                    fixing(all) - fewest,
                    fixing(all),
                    reached.offset(),
                    somethingBefore && since == all
                            ? delivered.rulesSince()
                            : delivered.position().offset());
        }
    }

    private static long fixing(Scanner scanner) {
        return scanner.rules().stream().filter(Rule::changesFiles).count();
    }

    /** Up to where the last record before a position may reach. */
    private static long limit(Position delivered, long sizeBytes) {
        return delivered.startsRecord() ? delivered.lastDone() : sizeBytes;
    }

    /** Makes the fixes that waited, up to an offset before which everything is delivered. */
    public Mono<Void> fixAfterRotation(Scanner scanner, long endOffset, Position delivered, long sizeBytes) {
        int all = input.afterRotation().map(every -> every.rules().size()).orElse(0);
        if (scanner.rules().size() < all) {
            LOG.warn(
                    "{}: the rules that emit were changed since the bytes from {} to {} were delivered; {} of {} fixes"
                        + " that waited for the rotation are not made there, because what they match may not have been"
                        + " emitted; 'pickaroon fix' can",
                    file,
                    reached.offset(),
                    endOffset,
                    all - scanner.rules().size(),
                    all);
        }
        Flux<ScannedWindow> windows = Flux.defer(() -> scan(scanner, endOffset, limit(delivered, sizeBytes), false))
                .doOnNext(part -> reach(part.end()));
        return commit(windows, delivered, true);
    }

    /** Has windows fixed and committed that are delivered already. */
    private Mono<Void> commit(Flux<ScannedWindow> windows, Position delivered, boolean fixesWaited) {
        CommitQueue commits = resources.commits();
        return windows.map(window -> Delivery.alreadyDelivered(window, delivered, fixesWaited))
                .concatMap(window -> commits.queue(c -> c.accept(window)), 1)
                .then(commits.queue(Committer::commit));
    }
}
