package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.ScriptedSink.Arrival;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.follow.FollowedFile;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.track.FileTracker;
import io.pickaroon.processor.track.NameHistory;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** A file that is not where it was, while its directory cannot be searched for it: it is neither gone nor lost. */
class UnsearchedDirectoryTest extends FollowedFiles {
    private final BlindMachine machine = new BlindMachine();
    private RunResources parts;
    private FileTracker<FollowedFile> tracker;

    @BeforeEach
    void oneFileIsKnown() throws IOException {
        write("a.log", "line 1\n");
        InputScanners input = InputScanners.of(input(), PartLimit.STANDARD);
        parts = RunOfNothing.parts(machine, input);
        tracker = new FileTracker<>(
                List.of(input),
                parts,
                (scanners, home, sighting) -> new FollowedFile(scanners, home, sighting, parts),
                () -> new NameHistory(_ -> false));
        tracker.scan(true, SinkPositions.UNKNOWN).block();
    }

    private LogInput input() {
        Reading reading = new Reading(new WindowPlan(4096, 1024, Delimiter.AUTO));
        return new LogInput("test", Discovery.of(List.of(path("a.log"))), false, reading, EMIT);
    }

    private FileTracker.Scan<FollowedFile> scan() {
        return tracker.scan(false, SinkPositions.UNKNOWN).block();
    }

    private long lostBytes() {
        return parts.counters().ledger().lostBytes();
    }

    @Test
    void aRenamedFileIsNeitherGoneNorLostAndIsFoundWhenItsDirectoryCanBeSearchedAgain() throws IOException {
        Files.move(path("a.log"), path("a.log.1"));
        machine.isBlind = true;
        assertThat(scan().gone()).isEmpty();
        assertThat(scan().gone()).isEmpty();
        assertThat(lostBytes()).isZero();
        machine.isBlind = false;
        assertThat(scan().gone()).isEmpty();
        assertThat(tracker.at(path("a.log.1"))).get().isEqualTo(tracker.files().getFirst());
        assertThat(lostBytes()).isZero();
        assertThat(parts.counters().problems()).isEmpty();
    }

    @Test
    void aDeletedFileIsLostWhenItsDirectoryCanBeSearchedAgain() throws IOException {
        Files.delete(path("a.log"));
        machine.isBlind = true;
        assertThat(scan().gone()).isEmpty();
        assertThat(tracker.findKnown()).isEmpty();
        assertThat(lostBytes()).isZero();
        machine.isBlind = false;
        assertThat(scan().gone()).hasSize(1);
        assertThat(lostBytes()).isEqualTo(7);
    }

    @Test
    void aFileThatWasRenamedBetweenTwoRunsIsReadWhenItsDirectoryCanBeSearched() throws IOException {
        once(EMIT);
        append("a.log", "line 2\n");
        Files.move(path("a.log"), path("a.log.1"));
        write("a.log", "line 3\n");
        machine.isBlind = true;
        ScriptedSink sink = new ScriptedSink(1, 1);
        try (Recovery recovery = Recovery.of(state.resolve("checkpoint"))) {
            LogProcessor processor = processor(sink, recovery, false);
            Disposable running = processor.run().subscribe();
            awaitRecords(sink, "line 3");
            machine.isBlind = false;
            awaitRecords(sink, "line 3", "line 2");
            processor.stop();
            Awaitility.await().atMost(SOON).until(running::isDisposed);
        }
    }

    @Test
    void aRunToTheEndSaysThatItCouldNotSearch() throws IOException {
        once(EMIT);
        append("a.log", "line 2\n");
        Files.move(path("a.log"), path("a.log.1"));
        machine.isBlind = true;
        try (Recovery recovery = Recovery.of(state.resolve("checkpoint"))) {
            Ledger ledger =
                    processor(new ScriptedSink(1, 1), recovery, true).run().block(SOON);
            assertThat(ledger.problems())
                    .extracting(Ledger.FileProblem::message)
                    .anyMatch(message -> message.contains("cannot be searched for it"));
        }
        assertThat(once(EMIT)).containsExactly("line 2");
    }

    private LogProcessor processor(ScriptedSink sink, Recovery recovery, boolean once) {
        RunSettings settings = new RunSettings(once, 2, 16, Duration.ofMillis(10), Duration.ofMillis(20), FAST);
        LogProcessor.Limits limits = new LogProcessor.Limits(PartLimit.STANDARD, 1 << 20);
        return new LogProcessor(List.of(input()), sink, RunState.of(recovery), settings, limits, machine);
    }

    private static void awaitRecords(ScriptedSink sink, String... records) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() ->
                        assertThat(sink.arrivals()).extracting(Arrival::record).containsExactly(records));
    }
}
