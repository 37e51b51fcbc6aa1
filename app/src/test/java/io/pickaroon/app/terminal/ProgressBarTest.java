package io.pickaroon.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final PrintStream terminal = new PrintStream(screen, true, StandardCharsets.UTF_8);
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong doneBytes = new AtomicLong();
    private PrintStream systemErr;

    @BeforeEach
    void rememberSystemErr() {
        systemErr = System.err;
        System.setErr(terminal);
    }

    @AfterEach
    void restoreSystemErr() {
        System.setErr(systemErr);
        scheduler.shutdownNow();
    }

    @Test
    void showsTheSpeedOfTheLastSeconds() {
        try (ProgressBar _ = bar(new AtomicInteger())) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            doneBytes.set(100 << 20);
            await().untilAsserted(() -> assertThat(shown()).contains("10%", "100 MiB/s", "ETA 0:09"));
        }
    }

    @Test
    void logLinesDoNotTearIt() {
        AtomicInteger redraws = new AtomicInteger();
        try (ProgressBar _ = bar(redraws)) {
            await().until(() -> redraws.get() > 2);
            System.err.println("WARN something");
            int before = redraws.get();
            await().until(() -> redraws.get() > before + 1);
        }
        assertThat(shown()).contains("\r\033[KWARN something\n\r\033[K").endsWith("\r\033[K");
    }

    @Test
    void closingPutsStandardErrorBackAndStopsDrawing() {
        ProgressBar bar = bar(new AtomicInteger());
        assertThat(System.err).isNotSameAs(terminal);
        bar.close();
        int length = screen.size();

        assertThat(System.err).isSameAs(terminal);
        await().during(Duration.ofMillis(300)).until(() -> screen.size() == length);
    }

    @Test
    void saysWhatIsWaitedForAndForHowLongInsteadOfBytes() {
        AtomicReference<Optional<String>> awaited = new AtomicReference<>(Optional.of("Kafka at a:1"));
        try (ProgressBar _ = new ProgressBar(
                terminal,
                80,
                () -> new Progress(doneBytes.get(), 1000 << 20, 0, awaited.get()),
                nanos::get,
                scheduler)) {
            await().until(() -> shown().contains("waiting for Kafka at a:1, 0 s"));
            nanos.addAndGet(Duration.ofSeconds(7).toNanos());
            await().until(() -> shown().contains("waiting for Kafka at a:1, 7 s"));
            assertThat(shown()).doesNotContain("0 B");

            awaited.set(Optional.empty());
            await().until(() -> shown().contains("0 B of 1000 MiB"));
            nanos.addAndGet(Duration.ofSeconds(5).toNanos());
            awaited.set(Optional.of("Kafka at b:2"));
            await().until(() -> shown().contains("waiting for Kafka at b:2, 0 s"));
        }
    }

    @Test
    void redrawsAtMostTenTimesASecond() {
        AtomicInteger redraws = new AtomicInteger();
        long start = System.nanoTime();
        try (ProgressBar _ = bar(redraws)) {
            await().until(() -> redraws.get() >= 8);
        }
        assertThat(System.nanoTime() - start)
                .isGreaterThan(Duration.ofMillis(690).toNanos());
    }

    private ProgressBar bar(AtomicInteger redraws) {
        return new ProgressBar(
                terminal,
                80,
                () -> {
                    redraws.incrementAndGet();
                    return new Progress(doneBytes.get(), 1000 << 20, 0);
                },
                nanos::get,
                scheduler);
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }
}
