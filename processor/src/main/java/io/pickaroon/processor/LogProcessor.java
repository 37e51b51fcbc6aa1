package io.pickaroon.processor;

import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.delivery.DeliveredWindow;
import io.pickaroon.processor.delivery.Delivery;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * The whole way of the data: files are cut into windows, scanned in parallel, delivered in order, and passed by the
 * checkpoint.
 *
 * <p>Nothing is mapped before the sink asks for it. When delivery fails with an outage, everything starts again from the
 * last delivered window of each file, with growing pauses, for as long as it takes. One run for each object.
 */
public final class LogProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(LogProcessor.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** Delivered windows that wait for their checkpoint; they hold their matches. */
    private static final int DELIVERED_AHEAD = 8;

    private final List<LogInput> inputs;
    private final MatchSink sink;
    private final Optional<CheckpointFile> checkpoint;
    private final RunSettings settings;
    private final RunCounters counters = new RunCounters();
    private final Sinks.Empty<Void> stop = Sinks.empty();
    private volatile boolean stopping;

    /**
     * @param sink closed by whoever made it, after the run
     * @param checkpoint where progress is kept; empty to start at the beginning each time. Closed by whoever opened it
     */
    public LogProcessor(
            List<LogInput> inputs, MatchSink sink, Optional<CheckpointFile> checkpoint, RunSettings settings) {
        this.inputs = List.copyOf(inputs);
        this.sink = sink;
        this.checkpoint = checkpoint;
        this.settings = settings;
    }

    /** What the run has done so far. */
    public RunCounters counters() {
        return counters;
    }

    /** Lets the run end early: what is being delivered is delivered and passed by the checkpoint, nothing more is read. */
    public void stop() {
        stopping = true;
        stop.tryEmitEmpty();
    }

    /**
     * Runs until the end of the files, or until stopped.
     *
     * @return fails with a {@link DeliveryException} that is not retryable, or an {@link IOException} of the checkpoint;
     *     a file that cannot be read is a problem in the ledger, not a failure
     */
    public Mono<Ledger> run() {
        return Mono.using(Threads::new, this::run, Threads::dispose);
    }

    private Mono<Ledger> run(Threads threads) {
        Progress progress = new Progress(checkpoint, settings.checkpointInterval(), System::nanoTime, counters);
        Flux<ScannedWindow> windows = windows(threads, progress);
        Mono<Void> delivered = new Delivery(sink)
                .deliver(windows)
                .publishOn(threads.progress, DELIVERED_AHEAD)
                .doOnNext(window -> accept(progress, window))
                .retryWhen(Retry.from(failures -> failures.concatMap(this::pauseAfter)))
                .onErrorResume(DeliveryException.class, this::unlessStopping)
                .then();
        Mono<Void> commits = Flux.interval(settings.checkpointInterval(), threads.progress)
                .onBackpressureDrop()
                .doOnNext(_ -> commitIfDue(progress))
                .then();
        Mono<Ledger> commit = Mono.fromCallable(() -> {
                    progress.commit();
                    return counters.ledger();
                })
                .subscribeOn(threads.progress);
        return Mono.firstWithSignal(delivered, commits)
                .onErrorResume(failure -> commit.onErrorResume(e -> {
                            failure.addSuppressed(e);
                            return Mono.empty();
                        })
                        .then(Mono.error(failure)))
                .then(commit);
    }

    private Flux<ScannedWindow> windows(Threads threads, Progress progress) {
        List<FileReading> readings = inputs.stream()
                .flatMap(input -> readings(input, threads, progress))
                .toList();
        int filesAtOnce = settings.once() ? settings.filesAtOnce() : Math.max(1, readings.size());
        return Flux.fromIterable(readings)
                .flatMap(FileReading::windows, filesAtOnce, 1)
                .takeUntilOther(stop.asMono());
    }

    private Stream<FileReading> readings(LogInput input, Threads threads, Progress progress) {
        Scanner scanner = new Scanner(
                input.rules(), input.plan().delimiter(), input.plan().maxRecordBytes());
        return input.files().stream()
                .map(path -> new FileReading(path, input, scanner, threads.scan, settings, progress, counters));
    }

    private static void accept(Progress progress, DeliveredWindow window) {
        try {
            progress.accept(window);
        } catch (IOException e) {
            throw Exceptions.propagate(e);
        }
    }

    private static void commitIfDue(Progress progress) {
        try {
            progress.commitIfDue();
        } catch (IOException e) {
            throw Exceptions.propagate(e);
        }
    }

    private Mono<Long> pauseAfter(Retry.RetrySignal signal) {
        if (stopping || !(signal.failure() instanceof DeliveryException e) || !e.isRetryable()) {
            return Mono.error(signal.failure());
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(10, signal.totalRetriesInARow()));
        Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        LOG.warn("{}; trying again in {} s from the last delivered window", e.getMessage(), bounded.toSeconds());
        return Mono.delay(bounded).or(stop.asMono().then(Mono.error(signal.failure())));
    }

    private Mono<DeliveredWindow> unlessStopping(DeliveryException e) {
        if (!stopping) {
            return Mono.error(e);
        }
        LOG.warn(
                "stopped during an outage ({}); what was not delivered is read again at the next start",
                e.getMessage());
        return Mono.empty();
    }

    /** The threads of one run: some that scan, one that writes checkpoints. */
    private final class Threads {
        final Scheduler scan = Schedulers.newParallel("scan", settings.threads(), true);
        final Scheduler progress = Schedulers.newBoundedElastic(1, Integer.MAX_VALUE, "checkpoint", 60, true);

        void dispose() {
            scan.dispose();
            progress.dispose();
        }
    }
}
