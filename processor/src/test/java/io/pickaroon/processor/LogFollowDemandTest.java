package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** When files are read for a subscriber to their records, and what is left when it ends. */
@Timeout(180)
@Isolated("counts all descriptors of this process")
class LogFollowDemandTest extends FollowedRecords {
    private static final long AHEAD_BYTES = LogFollow.READ_AHEAD_WINDOWS * (long) LogFollow.WINDOW_BYTES;
    private static final int LINES_BETWEEN = 200;

    /** Records far apart, in many windows. */
    private void writeWindows(String name, int records) throws IOException {
        String between = "another with some more text in it\n".repeat(LINES_BETWEEN);
        StringBuilder content = new StringBuilder();
        for (int i = 1; i <= records; i++) {
            content.append("line ").append(i).append('\n').append(between);
        }
        write(name, content.toString());
    }

    @Test
    void isColdAndEachSubscriptionReadsForItself() throws IOException {
        write("a.log", lines(1, 3));
        Flux<String> records = records("a.log");
        assertThat(Footprint.threads()).isEmpty();
        assertThat(readBytes()).isZero();
        for (int round = 0; round < 2; round++) {
            assertThat(records.take(3).collectList().block(SOON)).isEqualTo(numbered(1, 3));
        }
        assertThat(Flux.zip(records, records, String::concat).blockFirst(SOON)).isEqualTo("line 1line 1");
        assertNothingIsLeft();
    }

    @Test
    void readsNothingBeforeTheFirstRequest() throws IOException {
        write("a.log", lines(1, 1_000));
        StepVerifier.create(records("a.log"), 0)
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(1))
                .then(() -> assertThat(readBytes()).isZero())
                .thenRequest(1)
                .expectNext("line 1")
                .thenRequest(2)
                .expectNext("line 2", "line 3")
                .expectNoEvent(Duration.ofMillis(50))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void readsNoFurtherAheadThanItSays() throws IOException {
        List<String> names = IntStream.range(0, 4).mapToObj(i -> i + ".log").toList();
        for (String name : names) {
            writeWindows(name, 800);
        }
        assertThat(names.size() * Files.size(path("0.log"))).isGreaterThan(2 * AHEAD_BYTES);
        StepVerifier.create(records(names.toArray(String[]::new)), 1)
                .expectNext("line 1")
                .expectNoEvent(Duration.ofSeconds(2))
                .then(() -> assertThat(readBytes()).isLessThan(AHEAD_BYTES))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void waitsForASlowConsumer() throws IOException {
        int records = 4_000;
        writeWindows("a.log", records);
        CountDownLatch goesOn = new CountDownLatch(1);
        List<String> taken = Collections.synchronizedList(new ArrayList<>());
        ended(goesOn::countDown);
        ended(records("a.log").subscribe(record -> {
            taken.add(record);
            if (taken.size() == 10) {
                await(goesOn);
            }
        }));
        Awaitility.await().atMost(SOON).until(() -> taken.size() == 10);
        Awaitility.await()
                .during(Duration.ofSeconds(1))
                .atMost(SOON)
                .until(() -> taken.size() == 10 && readBytes() < AHEAD_BYTES);
        append("a.log", "line " + (records + 1) + "\n");
        goesOn.countDown();
        Awaitility.await().atMost(SOON).until(() -> taken.size() == records + 1);
        assertThat(taken).isEqualTo(numbered(1, records + 1));
    }

    @Test
    void limitRateChangesNothing() throws IOException {
        write("a.log", lines(1, 3_000));
        assertThat(records("a.log").limitRate(7).take(3_000).collectList().block(SOON))
                .isEqualTo(numbered(1, 3_000));
    }

    @Test
    void takeEndsIt() throws IOException {
        writeWindows("a.log", 1_000);
        StepVerifier.create(records("a.log").take(20))
                .expectNextSequence(numbered(1, 20))
                .verifyComplete();
        assertFilesAreClosed();
        assertNothingIsLeft();
    }

    @Test
    void cancellationAtAnyMomentLeavesNothing() throws IOException {
        writeWindows("a.log", 1_000);
        assertThat(records("a.log").blockFirst(SOON)).isEqualTo("line 1");
        assertNothingIsLeft();
        long descriptors = Footprint.descriptors();
        for (int round = 0; round < 100; round++) {
            CountDownLatch seen = new CountDownLatch(new int[] {0, 1, 300, 1_000}[round % 4]);
            Disposable subscription = ended(records("a.log", "missing.log").subscribe(_ -> seen.countDown()));
            await(seen);
            subscription.dispose();
            assertFilesAreClosed();
        }
        assertNothingIsLeft();
        assertThat(Footprint.descriptors()).isLessThanOrEqualTo(descriptors);
    }

    @Test
    void aFailureDownstreamLeavesNothing() throws IOException {
        writeWindows("a.log", 1_000);
        IllegalStateException failure = new IllegalStateException("consumer");
        StepVerifier.create(records("a.log").doOnNext(record -> {
                    if (record.equals("line 7")) {
                        throw failure;
                    }
                }))
                .expectNextSequence(numbered(1, 6))
                .verifyErrorSatisfies(e -> assertThat(e).isSameAs(failure));
        assertNothingIsLeft();
    }

    @Test
    void aSubscriberThatBlocksIsNeitherInterruptedNorWaitedFor() throws IOException {
        write("a.log", lines(1, 3));
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        ended(goesOn::countDown);
        AtomicReference<Thread> subscriber = new AtomicReference<>();
        Disposable subscription = ended(records("a.log").subscribe(_ -> {
            subscriber.set(Thread.currentThread());
            entered.countDown();
            await(goesOn);
        }));
        await(entered);
        subscription.dispose();
        assertFilesAreClosed();
        assertThat(subscriber.get().isInterrupted()).isFalse();
        assertThat(subscriber.get().isAlive()).isTrue();
        goesOn.countDown();
        assertNothingIsLeft();
    }

    @Test
    void mayBeCancelledByAThreadThatMayNotBlock() throws IOException {
        write("a.log", lines(1, 3));
        assertThat(records("a.log")
                        .takeUntilOther(Flux.interval(Duration.ofSeconds(1)))
                        .collectList()
                        .block(SOON))
                .isEqualTo(numbered(1, 3));
        Awaitility.await().atMost(SOON).until(() -> Footprint.threads().isEmpty());
        assertNothingIsLeft();
    }

    @Test
    void aSubscriberMayBlockOnItsThread() throws IOException {
        write("a.log", lines(1, 3));
        assertThat(records("a.log")
                        .map(record -> Flux.just(record)
                                .publishOn(Schedulers.parallel())
                                .blockLast())
                        .take(3)
                        .collectList()
                        .block(SOON))
                .isEqualTo(numbered(1, 3));
    }
}
