package io.pickaroon.processor;

import io.pickaroon.processor.host.Machine;
import io.pickaroon.processor.host.UninterruptedThreads;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.scan.PartLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * One subscription to the records of followed files: a run of the engine with a {@link RecordSink}. The subscriber is called on
 * a thread of the subscription's own, so that one that blocks holds up nothing else. Nothing but the end of the sink's session
 * ends the run, so what is acknowledged by then is committed.
 */
final class FollowRun {
    private static final Logger LOG = LoggerFactory.getLogger(FollowRun.class);
    /** Small, because the checkpoint passes whole parts only, until the subscription ends. */
    private static final LogProcessor.Limits LIMITS =
            new LogProcessor.Limits(new PartLimit(64 * 1024, 256), 16L * 1024 * 1024);
    /** More than the engine takes to end its threads. */
    private static final Duration LONGEST_END = Duration.ofSeconds(30);

    private final Optional<Path> checkpoint;
    private final LogInput input;
    private final RunSettings settings;
    private final Machine machine;
    private final RecordSink sink;
    /** The subscription with the same checkpoint before this one, until it has ended; null if there is none. */
    private volatile FollowRun earlier;

    private final UninterruptedThreads subscriber = new UninterruptedThreads("log-follow", 1);
    private final Sinks.Empty<Void> demanded = Sinks.empty();
    private final Sinks.Empty<Void> failed = Sinks.empty();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean isClosing;
    /** Null until it begins. */
    private volatile LogProcessor processor;

    FollowRun(Optional<Path> checkpoint, LogInput input, RunSettings settings, Machine machine) {
        this.checkpoint = checkpoint;
        this.input = input;
        this.settings = settings;
        this.machine = machine;
        this.sink = new RecordSink(checkpoint.isEmpty());
    }

    /** Begins when that one has ended, if it is just ending. Before {@link #records}. */
    void comesAfter(FollowRun other) {
        earlier = other;
    }

    /** Starts the run. To be called once. */
    Flux<MatchedRecord> records() {
        Mono.using(this::openState, this::run, FollowRun::close)
                .subscribeOn(subscriber)
                .doFinally(_ -> ended.countDown())
                .subscribe(_ -> {}, this::fail);
        return demanded.asMono()
                .thenMany(sink.windows())
                // The threads of the run have ended, and it says itself why.
                .onErrorResume(RejectedExecutionException.class, _ -> Flux.never())
                .takeUntilOther(failed.asMono())
                .publishOn(subscriber, false, 1)
                .concatMapIterable(window -> window.records(sink), 1)
                .doOnRequest(_ -> demanded.tryEmitEmpty());
    }

    private RunState openState() throws IOException {
        if (earlier != null && earlier.isClosing) {
            earlier.awaitEnd();
        }
        earlier = null;
        return checkpoint.isEmpty() ? RunState.none() : RunState.open(checkpoint.get());
    }

    private Mono<Ledger> run(RunState state) {
        LogProcessor run = new LogProcessor(List.of(input), sink, state, settings, LIMITS, machine);
        processor = run;
        if (isClosing) {
            run.awaitNoRoom();
        }
        return run.run();
    }

    private static void close(RunState state) {
        try {
            state.close();
        } catch (IOException e) {
            throw Exceptions.propagate(e);
        }
    }

    private void fail(Throwable failure) {
        if (!isClosing) {
            failed.tryEmitError(failure);
        } else if (!sink.isEnd(failure)) {
            LOG.warn("{}: records that were acknowledged last may come again", failure.getMessage(), failure);
        }
    }

    /** Ends the subscription; waits until nothing of it is left, unless this is one of the threads that may not wait. */
    void close() {
        isClosing = true;
        if (processor != null) {
            processor.awaitNoRoom();
        }
        sink.end();
        if (!Schedulers.isInNonBlockingThread()) {
            awaitEnd();
        }
        // After what the subscriber still does there: it is not interrupted, and not waited for.
        subscriber.schedule(subscriber::dispose);
    }

    private void awaitEnd() {
        try {
            if (!ended.await(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("the files of a subscription are still not closed after {} s", LONGEST_END.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
