package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.host.UninterruptedThreads;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** A directory scan adopts files: what it decides is kept, whatever becomes of the session in which it was made. */
@Timeout(60)
class AdoptionTest extends FollowedFiles {
    private final BusyThread progress = new BusyThread();
    private final FailingOnce sink = new FailingOnce();

    /** The thread of progress, which does something else until it is told to go on. */
    private static final class BusyThread implements Scheduler {
        private final UninterruptedThreads thread = new UninterruptedThreads("checkpoint", 1);
        private final CountDownLatch goesOn = new CountDownLatch(1);
        /** Counts what is scheduled by itself: that is what a scan wants of it, and not what passes along it. */
        private final CountDownLatch asked = new CountDownLatch(1);

        BusyThread() {
            thread.schedule(() -> {
                try {
                    goesOn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        @Override
        public Disposable schedule(Runnable task) {
            asked.countDown();
            return thread.schedule(task);
        }

        @Override
        public Worker createWorker() {
            Worker worker = thread.createWorker();
            return new Worker() {
                @Override
                public Disposable schedule(Runnable task) {
                    return worker.schedule(task);
                }

                @Override
                public void dispose() {
                    worker.dispose();
                }
            };
        }

        @Override
        public void dispose() {
            goesOn.countDown();
            thread.dispose();
        }
    }

    /** Its first session fails when it is told to. */
    private static final class FailingOnce implements MatchSink {
        private final Sinks.Empty<Void> failure = Sinks.empty();
        private final AtomicInteger sessions = new AtomicInteger();
        private final List<String> records = new CopyOnWriteArrayList<>();

        @Override
        public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
            return Flux.defer(() -> sessions.incrementAndGet() == 1
                    ? windows.map(this::take)
                            .takeUntilOther(failure.asMono())
                            .concatWith(Mono.error(DeliveryException.retryable("the sink is away", null)))
                    : windows.map(this::take));
        }

        private Acknowledgement take(ScannedWindow window) {
            MatchBatch batch = window.matches();
            for (int i = 0; i < batch.size(); i++) {
                records.add(new String(batch.copyOfRecord(i), StandardCharsets.UTF_8));
            }
            return Acknowledgement.of(window);
        }
    }

    private final class BusyMachine extends ForwardingMachine {
        @Override
        public Scheduler progressThread() {
            return progress;
        }
    }

    private LogProcessor processor(Recovery recovery, boolean once) {
        LogInput input = new LogInput(
                "ends",
                Discovery.of(List.of(path("a.log"))),
                true,
                new Reading(new WindowPlan(4096, 1024, Delimiter.AUTO)),
                EMIT);
        // Nothing but the scan has anything to do on the thread of progress.
        RunSettings settings = new RunSettings(once, 2, 16, Duration.ofHours(1), Duration.ofMillis(20), FAST);
        return new LogProcessor(
                List.of(input),
                sink,
                RunState.of(recovery),
                settings,
                new LogProcessor.Limits(PartLimit.STANDARD, 1 << 20),
                new BusyMachine());
    }

    private void failWhileTheScanWaits() throws InterruptedException {
        progress.asked.await();
        sink.failure.tryEmitEmpty();
        progress.goesOn.countDown();
    }

    @Test
    void startEndIsKeptThoughTheSessionFailsBeforeItIsDurable() throws IOException, InterruptedException {
        write("a.log", "line before\n");
        try (Recovery recovery = Recovery.of(state.resolve("checkpoint"))) {
            LogProcessor processor = processor(recovery, false);
            Disposable running = processor.run().subscribe();
            failWhileTheScanWaits();
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> !recovery.checkpoint().current().entries().isEmpty());
            append("a.log", "line after\n");
            Awaitility.await().atMost(SOON).until(() -> sink.records.contains("line after"));
            processor.stop();
            Awaitility.await().atMost(SOON).until(running::isDisposed);
        }
        assertThat(sink.records).containsExactly("line after");
    }

    @Test
    void startEndIsKeptInARunToTheEndToo() throws IOException, InterruptedException {
        write("a.log", "line before\n");
        try (Recovery recovery = Recovery.of(state.resolve("checkpoint"))) {
            Disposable running = processor(recovery, true).run().subscribe();
            progress.asked.await();
            // Behind the end that the scan has seen.
            append("a.log", "line meanwhile\n");
            failWhileTheScanWaits();
            Awaitility.await().atMost(SOON).until(running::isDisposed);
        }
        assertThat(sink.records).containsExactly("line meanwhile");
    }
}
