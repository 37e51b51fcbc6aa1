package io.pickaroon.processor.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

class UninterruptedThreadsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void aTaskThatIsCancelledRunsToItsEndWithoutAnInterrupt() throws InterruptedException {
        UninterruptedThreads threads = new UninterruptedThreads("test", 1);
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean(true);
        Disposable running = Mono.fromRunnable(() -> {
                    began.countDown();
                    awaitUninterruptibly(cancelled);
                    interrupted.set(Thread.currentThread().isInterrupted());
                })
                .subscribeOn(threads)
                .subscribe();
        assertThat(began.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();

        running.dispose();
        cancelled.countDown();
        threads.dispose();

        assertThat(interrupted).isFalse();
    }

    @Test
    void disposingOnAThreadOfItsOwnDoesNotWaitForItself() {
        UninterruptedThreads threads = new UninterruptedThreads("test", 1);
        AtomicBoolean disposed = new AtomicBoolean();
        threads.schedule(() -> {
            threads.dispose();
            disposed.set(true);
        });
        Awaitility.await().atMost(Duration.ofSeconds(5)).untilTrue(disposed);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
