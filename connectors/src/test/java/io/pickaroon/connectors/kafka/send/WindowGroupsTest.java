package io.pickaroon.connectors.kafka.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.LogFixture;
import io.pickaroon.processor.scan.ScannedWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

class WindowGroupsTest {
    private static final Duration GATHER = Duration.ofMillis(5);

    @TempDir
    Path directory;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final TestPublisher<ScannedWindow> source = TestPublisher.create();
    private final List<List<ScannedWindow>> groups = new ArrayList<>();
    private LogFixture log;
    private List<ScannedWindow> windows;

    @BeforeEach
    void scan() throws Exception {
        log = LogFixture.of(directory.resolve("a.log"), LogFixture.errorLines(1_000));
        windows = log.windows(1024).collectList().block();
    }

    @AfterEach
    void close() throws Exception {
        log.close();
        time.dispose();
    }

    @Test
    void aGroupIsHandedOnWhenItsFirstWindowHasWaitedForTheGatherTime() {
        subscribe(Long.MAX_VALUE).request(1);
        source.next(windows.get(0));
        time.advanceTimeBy(GATHER.minusMillis(1));
        source.next(windows.get(1));
        assertThat(groups).isEmpty();

        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(groups).containsExactly(windows.subList(0, 2));
    }

    @Test
    void windowsWithoutDemandMakeOneGroup() {
        BaseSubscriber<List<ScannedWindow>> subscriber = subscribe(Long.MAX_VALUE);
        windows.subList(0, 10).forEach(source::next);
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(groups).isEmpty();

        subscriber.request(1);
        assertThat(groups).containsExactly(windows.subList(0, 10));
    }

    @Test
    void aFullGroupIsHandedOnAtOnceAndNoMoreIsAskedForThanFits() {
        AtomicInteger taken = new AtomicInteger();
        Flux<ScannedWindow> counted = Flux.fromIterable(windows).doOnNext(_ -> taken.incrementAndGet());
        long twoWindows = 2 * WindowWeight.bytes(windows.getFirst());
        BaseSubscriber<List<ScannedWindow>> subscriber = subscribe(counted, twoWindows);
        assertThat(taken).hasValue(2);

        subscriber.request(2);
        assertThat(groups).containsExactly(windows.subList(0, 2), windows.subList(2, 4));
        assertThat(taken).hasValue(6);
    }

    @Test
    void theEndOfTheSourceHandsOnTheRestAndEnds() {
        StepVerifier.create(new WindowGroups(Flux.fromIterable(windows), Long.MAX_VALUE, GATHER, time))
                .expectNext(windows)
                .verifyComplete();
        StepVerifier.create(new WindowGroups(Flux.empty(), Long.MAX_VALUE, GATHER, time))
                .verifyComplete();
    }

    @Test
    void anErrorOfTheSourceIsPassedOnAtOnce() {
        IllegalStateException failure = new IllegalStateException("gone");
        StepVerifier.create(new WindowGroups(source.flux(), Long.MAX_VALUE, GATHER, time))
                .then(() -> source.next(windows.getFirst()).error(failure))
                .verifyErrorSatisfies(error -> assertThat(error).isSameAs(failure));
    }

    @Test
    void cancellingCancelsTheSource() {
        BaseSubscriber<List<ScannedWindow>> subscriber = subscribe(Long.MAX_VALUE);
        subscriber.request(1);
        source.next(windows.getFirst());
        subscriber.cancel();
        source.assertCancelled();
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(groups).isEmpty();
    }

    @Test
    void manyThreadsLoseAndReorderNothing() {
        for (int round = 0; round < 200; round++) {
            List<ScannedWindow> through = new WindowGroups(
                            Flux.fromIterable(windows).publishOn(Schedulers.parallel(), 1),
                            4 * WindowWeight.bytes(windows.getFirst()),
                            Duration.ofNanos(round * 1_000L),
                            Schedulers.parallel())
                    .concatMap(group -> Mono.just(group).publishOn(Schedulers.boundedElastic()), 0)
                    .concatMapIterable(group -> group)
                    .collectList()
                    .block(Duration.ofSeconds(30));
            assertThat(through).isEqualTo(windows);
        }
    }

    private BaseSubscriber<List<ScannedWindow>> subscribe(long maxBytes) {
        return subscribe(source.flux(), maxBytes);
    }

    private BaseSubscriber<List<ScannedWindow>> subscribe(Flux<ScannedWindow> from, long maxBytes) {
        BaseSubscriber<List<ScannedWindow>> subscriber = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {}

            @Override
            protected void hookOnNext(List<ScannedWindow> group) {
                groups.add(group);
            }
        };
        new WindowGroups(from, maxBytes, GATHER, time).subscribe(subscriber);
        return subscriber;
    }
}
