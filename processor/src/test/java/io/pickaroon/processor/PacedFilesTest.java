package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.decode.Gzip;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.MaxRate;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.input.TailTimeouts;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs with a rate on this machine: real files, threads and time, and a destination that fails. */
class PacedFilesTest extends FollowedFiles {
    private static final int LINES = 40_000;
    private static final long BYTES_PER_SECOND = 200_000;
    private static final MaxRate RATE = MaxRate.of(BYTES_PER_SECOND);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLogTakesItsTimeAndComesWhole(boolean once) throws IOException {
        write("a.log", lines(1, LINES));
        long bytes = Files.size(path("a.log"));
        ScriptedSink sink = new ScriptedSink(1, 1);

        long startNanos = System.nanoTime();
        Ledger ledger = run(once, sink, input(path("a.log"), RATE));

        // The first stretch is read on credit.
        assertThat(secondsSince(startNanos))
                .isGreaterThan((double) (bytes - RATE.stretchBytes()) / BYTES_PER_SECOND)
                .isLessThan(20);
        assertThat(ledger.scanned().bytes()).isEqualTo(bytes);
        assertComplete(sink);
    }

    @Test
    void anArchiveIsReadAtTheRateOfWhatItHolds() throws IOException {
        try (OutputStream archive = new GZIPOutputStream(Files.newOutputStream(path("a.log.gz")))) {
            archive.write(lines(1, LINES).getBytes(StandardCharsets.UTF_8));
        }
        ScriptedSink sink = new ScriptedSink(1, 1);

        long startNanos = System.nanoTime();
        Ledger ledger = run(true, sink, input(path("a.log.gz"), RATE));

        long bytes = lines(1, LINES).length();
        assertThat(ledger.problems()).isEmpty();
        assertThat(ledger.scanned().bytes()).isEqualTo(bytes);
        assertThat(secondsSince(startNanos)).isGreaterThan((double) (bytes - RATE.stretchBytes()) / BYTES_PER_SECOND);
        assertComplete(sink);
    }

    /** What a session that failed had reserved, and has not read, is nobody's debt. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void outagesLeaveNothingOut(boolean once) throws IOException {
        write("a.log", lines(1, LINES));
        ScriptedSink sink = new ScriptedSink(7, 1).withOutages(3);

        run(once, sink, input(path("a.log"), new MaxRate(10 * BYTES_PER_SECOND, 5_000)));

        assertThat(sink.sessions()).isEqualTo(4);
        assertThat(sink.arrivals().stream().map(ScriptedSink.Arrival::record).distinct())
                .isEqualTo(lines(1, LINES).lines().toList());
    }

    private void assertComplete(ScriptedSink sink) {
        assertThat(sink.arrivals().stream().map(ScriptedSink.Arrival::record))
                .isEqualTo(lines(1, LINES).lines().toList());
    }

    private static double secondsSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    /** A run that follows is stopped when the last line has come. */
    private Ledger run(boolean once, ScriptedSink sink, LogInput input) throws IOException {
        try (Recovery recovery = Recovery.of(state.resolve("checkpoint"))) {
            RunSettings settings = new RunSettings(once, 2, 16, Duration.ofMillis(10), Duration.ofMillis(20), FAST);
            LogProcessor processor = new LogProcessor(List.of(input), sink, RunState.of(recovery), settings);
            CompletableFuture<Ledger> ended = processor.run().toFuture();
            if (!once) {
                Awaitility.await()
                        .atMost(SOON)
                        .until(() -> sink.arrivals().stream()
                                .anyMatch(arrival -> arrival.record().equals("line " + LINES)));
                processor.stop();
            }
            return ended.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    private static LogInput input(Path file, MaxRate rate) {
        Reading reading =
                new Reading(new WindowPlan(16 << 20, 1024, Delimiter.AUTO), TailTimeouts.STANDARD, List.of(new Gzip()));
        return new LogInput("test", Discovery.of(List.of(file)), false, reading, EMIT, Optional.of(rate));
    }
}
