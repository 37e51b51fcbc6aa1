package io.pickaroon.processor;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.commit.AttachedRun;
import io.pickaroon.processor.commit.CommitQueue;
import io.pickaroon.processor.commit.Committer;
import io.pickaroon.processor.commit.NewRules;
import io.pickaroon.processor.commit.OpenFiles;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.delivery.DeliveredWindow;
import io.pickaroon.processor.delivery.Delivery;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.fix.Fixer;
import io.pickaroon.processor.follow.FollowScheduler;
import io.pickaroon.processor.host.Machine;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.metrics.RunCounters;
import io.pickaroon.processor.once.OnceRun;
import io.pickaroon.processor.read.FirstStarts;
import io.pickaroon.processor.read.Paces;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Runs files through the whole engine: cuts them into windows, scans these in parallel, delivers matches in order, makes
 * fixes, and advances the checkpoint.
 *
 * <p>Nothing is mapped before the sink requests it. After an outage of the destination it resumes from the last delivered
 * window of each file, with growing pauses, for as long as it takes; so it waits for room, too, on a disk that is full when
 * checkpoint or journal have to grow. One run for each object; {@link #stop} and {@link #counters} may be called from any
 * thread. It does not create the sink or the state, and does not close them.
 */
public final class LogProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(LogProcessor.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** Delivered windows that wait for the thread that fixes and checkpoints; they hold their matches. */
    private static final int DELIVERED_AHEAD = 8;

    private static final Limits STANDARD_LIMITS = new Limits(PartLimit.STANDARD, 16L * 1024 * 1024);

    /**
     * How much is held at a time.
     *
     * @param part of a window between scan and delivery
     * @param groupBytes of what was matched in a group of windows that are fixed together
     */
    record Limits(PartLimit part, long groupBytes) {}

    private final List<LogInput> inputs;
    private final MatchSink sink;
    private final Optional<CheckpointFile> checkpoint;
    private final Optional<CheckpointFile> toldCheckpoint;
    private final RunSettings settings;
    private final Limits limits;
    private final boolean isAudited;
    private final Machine machine;
    private final RunCounters counters;
    private final OpenFiles files;
    private final Committer progress;
    private final Sinks.Empty<Void> stop = Sinks.empty();
    /** Why the run cannot go on, if it was not the sink that found out. */
    private final Sinks.Empty<Void> failure = Sinks.empty();

    private volatile boolean stopping;
    private volatile boolean awaitsRoom = true;
    private volatile Duration longestWaitForRoom = ChronoUnit.FOREVER.getDuration();

    /**
     * @param sink closed by the caller, after the run
     * @param state where progress is kept, and which files fixes may change; closed by the caller, after the run
     * @throws IllegalArgumentException if a rule has a fix and the state has no journal
     */
    public LogProcessor(List<LogInput> inputs, MatchSink sink, RunState state, RunSettings settings) {
        this(inputs, sink, state, settings, STANDARD_LIMITS, state.machine());
    }

    /** A run on a machine that may be a twin. */
    LogProcessor(
            List<LogInput> inputs,
            MatchSink sink,
            RunState state,
            RunSettings settings,
            Limits limits,
            Machine machine) {
        this.inputs = List.copyOf(inputs);
        this.sink = sink;
        this.checkpoint = state.checkpoint();
        this.toldCheckpoint = state.toldCheckpoint();
        this.settings = settings;
        this.limits = limits;
        this.isAudited = state.isAudited();
        this.machine = machine;
        this.counters = new RunCounters(this.inputs, machine.nanoTime());
        this.files = new OpenFiles();
        Committer.GroupLimit groupLimit = new Committer.GroupLimit(
                settings.checkpointInterval(), limits.groupBytes(), machine.nanoTime(), this::pauseForRoom);
        this.progress = new Committer(
                new Fixer(state.journal(), state.announcer()), checkpoint, files, groupLimit, counters, sink::forget);
        if (state.journal().isEmpty() && this.inputs.stream().anyMatch(LogInput::hasFixes)) {
            throw new IllegalArgumentException("fixes need a journal");
        }
    }

    /** What the run has done so far. */
    public RunCounters counters() {
        return counters;
    }

    /**
     * Ends the run early: what is in flight is delivered and committed, and nothing more is read. Exceptions are files that
     * are followed and deleted: they cannot be opened again, so what they hold now is read, too, as long as the destination
     * accepts it promptly.
     */
    public void stop() {
        stopping = true;
        stop.tryEmitEmpty();
    }

    /**
     * Runs until the end of the files, or until stopped.
     *
     * @return fails with a {@link DeliveryException} that is not retryable, or an {@link IOException} of the journal, a
     *     fix or the checkpoint; a file that cannot be read is a problem in the ledger, not a failure
     */
    public Mono<Ledger> run() {
        return Mono.using(Threads::new, this::run, this::end);
    }

    /** Before the end is signalled, so that the caller finds nothing open. */
    private void end(Threads threads) {
        try {
            threads.dispose();
        } finally {
            files.closeAll();
        }
    }

    private Mono<Ledger> run(Threads threads) {
        CommitQueue commits = new CommitQueue(progress, threads.progress, failure::tryEmitError);
        RunResources parts = new RunResources(
                new RunResources.Host(machine, threads.scan, new Paces(inputs, machine.nanoTime(), counters)),
                settings,
                files,
                progress.positions(),
                commits,
                counters);
        List<InputScanners> scanners = inputs.stream()
                .map(input -> InputScanners.of(input, limits.part(), isAudited))
                .toList();
        checkpoint.ifPresent(c -> NewRules.note(c, scanners));
        sink.attach(new AttachedRun(
                toldCheckpoint,
                scanners,
                progress.positions(),
                machine,
                commits,
                () -> counters.commits().waitsForRoom().isPresent()));
        Mono<Void> work = settings.once() ? toTheEnd(scanners, parts, threads) : following(scanners, parts, threads);
        Mono<Void> done = new FirstStarts(scanners, parts).note().then(work);
        Mono<Void> timedCommits = Flux.interval(settings.checkpointInterval(), machine.timer())
                .onBackpressureDrop()
                .publishOn(threads.progress, 1)
                .doOnNext(_ -> CommitQueue.execute(progress, Committer::commitIfDue))
                .then();
        return Mono.firstWithSignal(done, timedCommits, failure.asMono()).then(Mono.fromCallable(this::ledger));
    }

    private Ledger ledger() {
        counters.waiting(progress.positions().entries().values().stream()
                .mapToLong(CheckpointEntry::pendingBytes)
                .sum());
        return counters.ledger();
    }

    private Mono<Void> toTheEnd(List<InputScanners> scanners, RunResources parts, Threads threads) {
        return Mono.defer(() -> {
            OnceRun once = new OnceRun(scanners, parts);
            return sessions(
                            destination -> once.windows(destination).takeUntilOther(stop.asMono()),
                            files::closeAll,
                            threads)
                    .then(Mono.defer(() -> stopping ? Mono.empty() : once.fixWhatWaited()));
        });
    }

    private Mono<Void> following(List<InputScanners> scanners, RunResources parts, Threads threads) {
        return Mono.usingWhen(
                Mono.fromCallable(() -> new FollowScheduler(scanners, parts, stop.asMono())),
                // Their files stay open between sessions: one that is deleted could not be opened again.
                live -> Mono.when(live.watching(), sessions(live::windows, () -> {}, threads)),
                FollowScheduler::end);
    }

    private Mono<Void> sessions(
            Function<SinkPositions, Flux<ScannedWindow>> windowsAfter, Runnable ended, Threads threads) {
        return Flux.defer(() -> session(windowsAfter, ended, threads))
                .retryWhen(Retry.from(failures -> failures.concatMap(this::pauseAfter)))
                .onErrorResume(DeliveryException.class, this::unlessStopping)
                .then();
    }

    /** One session of the sink. Whatever it delivered is fixed and checkpointed when it ends, well or badly. */
    private Flux<DeliveredWindow> session(
            Function<SinkPositions, Flux<ScannedWindow>> windowsAfter, Runnable ended, Threads threads) {
        AtomicBoolean asked = new AtomicBoolean();
        // A sink that still waits for its destination has asked for nothing, and would never learn of a stop.
        Mono<Void> stoppedBefore = stop.asMono().then(Mono.defer(() -> asked.get() ? Mono.never() : Mono.empty()));
        return new Delivery(sink)
                .deliver(delivered -> windowsAfter
                        .apply(SinkPositions.of(delivered, progress.positions()))
                        // Log files are opened and checked where windows are requested: not on threads of the sink,
                        // which may be interrupted.
                        .subscribeOn(threads.scan)
                        .doFirst(() -> {
                            asked.set(true);
                            counters.destinationReady();
                        }))
                .takeUntilOther(stoppedBefore)
                .publishOn(threads.progress, DELIVERED_AHEAD)
                .doOnNext(window -> CommitQueue.execute(progress, c -> c.accept(window)))
                .doOnTerminate(() -> CommitQueue.execute(progress, Committer::commit))
                // Before the end is signalled: what comes after it opens files again.
                .doOnTerminate(ended)
                .doOnCancel(ended);
    }

    /**
     * Has the run fail when there has been no room for its checkpoint, or for the journal of its fixes, for so long. Without this it
     * waits without limit.
     */
    public void giveUpWithoutRoomAfter(Duration longestWait) {
        longestWaitForRoom = longestWait;
    }

    /** From now on a checkpoint that has no room fails instead of waiting for some. The run goes on otherwise. */
    void awaitNoRoom() {
        awaitsRoom = false;
    }

    /** Waits a moment, unless the run is to end; false if it is. */
    private boolean pauseForRoom(Duration waited) {
        if (waited.compareTo(longestWaitForRoom) >= 0) {
            awaitNoRoom();
        }
        if (!stopping && awaitsRoom) {
            Mono.delay(FIRST_PAUSE, machine.timer()).then().or(stop.asMono()).block();
        }
        return !stopping && awaitsRoom;
    }

    private Mono<Long> pauseAfter(Retry.RetrySignal signal) {
        if (stopping || !(signal.failure() instanceof DeliveryException e) || !e.isRetryable()) {
            return Mono.error(signal.failure());
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(10, signal.totalRetriesInARow()));
        Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        counters.outage(e.getMessage());
        LOG.warn("{}; trying again in {} s from the last delivered window", e.getMessage(), bounded.toSeconds());
        return Mono.delay(bounded, machine.timer()).or(stop.asMono().then(Mono.error(signal.failure())));
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

    /** The threads of one run: some that scan, one that fixes and writes checkpoints. */
    private final class Threads {
        final Scheduler scan = machine.scanThreads(settings.threads());
        final Scheduler progress = machine.progressThread();

        void dispose() {
            scan.dispose();
            progress.dispose();
        }
    }
}
