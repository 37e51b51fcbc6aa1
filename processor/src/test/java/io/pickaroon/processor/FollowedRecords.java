package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/** Subscriptions to the records of files, and what they leave behind. */
abstract class FollowedRecords extends FollowedFiles {
    private final ReadMeter machine = new ReadMeter();
    private final LogFollow follow = new LogFollow(EMIT).on(machine);
    private final Disposable.Composite subscriptions = Disposables.composite();

    /** A change of files that is made between two steps. */
    interface Change {
        void make() throws IOException;
    }

    LogFollow follow() {
        return follow;
    }

    /** Bytes that were read of log files. */
    long readBytes() {
        return machine.bytes();
    }

    Flux<String> records(String... names) {
        return texts(follow, names);
    }

    Flux<String> texts(LogFollow following, String... names) {
        return following
                .records(Stream.of(names).map(this::path).toArray(Path[]::new))
                .map(MatchedRecord::text);
    }

    static List<String> numbered(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "line " + i).toList();
    }

    /** Ended with the test. */
    Disposable ended(Disposable subscription) {
        subscriptions.add(subscription);
        return subscription;
    }

    static Runnable change(Change change) {
        return () -> {
            try {
                change.make();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("a subscriber is never interrupted", e);
        }
    }

    /** Of all subscriptions. */
    void assertNothingIsLeft() {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(Footprint.threads()).isEmpty());
        assertFilesAreClosed();
    }

    void assertFilesAreClosed() {
        change(() -> assertThat(openLogs()).isZero()).run();
    }

    @AfterEach
    void end() {
        subscriptions.dispose();
    }
}
