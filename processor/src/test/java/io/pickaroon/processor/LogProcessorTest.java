package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.ScriptedSink.Arrival;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

class LogProcessorTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final List<Rule> RULES = List.of(
            new Rule("errors", new Pattern.Literal("ERROR", false)),
            new Rule("sevens", new Pattern.Regex("number \\d*7$", false)));

    @TempDir
    Path directory;

    @Test
    void everyMatchOfEveryFileArrivesInFileOrderAndTheLedgerAddsUp() throws IOException {
        List<Path> files = List.of(log("a", 2_000), log("b", 500), log("empty", 0));
        ScriptedSink sink = new ScriptedSink(1, 3);

        Ledger ledger = run(files, sink, RunSettings.untilEndOfFiles());

        assertThat(sink.arrivals()).hasSize(2 * (200 + 50));
        for (String file : List.of("a", "b")) {
            assertThat(sink.arrivals().stream()
                            .filter(a -> a.file().equals(file))
                            .map(Arrival::offset))
                    .isSorted();
        }
        assertThat(ledger.emittedMatches()).isEqualTo(500);
        assertThat(ledger.scanned().records()).isEqualTo(2_500);
        assertThat(ledger.scanned().bytes()).isEqualTo(Files.size(files.get(0)) + Files.size(files.get(1)));
        assertThat(ledger.problems()).isEmpty();
    }

    @Test
    void aSecondRunEmitsOnlyWhatWasAppendedSince() throws IOException {
        Path file = log("a", 1_000);
        run(List.of(file), new ScriptedSink(1, 2), RunSettings.untilEndOfFiles());
        Files.writeString(file, "new ERROR\n", StandardOpenOption.APPEND);
        ScriptedSink sink = new ScriptedSink(1, 2);

        run(List.of(file), sink, RunSettings.untilEndOfFiles());

        assertThat(sink.arrivals()).extracting(Arrival::record).containsExactly("new ERROR");
    }

    @Test
    void whatIsAppendedToARecordThatAlreadyWentOutIsARecordOfItsOwn() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "ERROR half");
        run(List.of(file), new ScriptedSink(1, 1), RunSettings.untilEndOfFiles());
        Files.writeString(file, " and ERROR half\n", StandardOpenOption.APPEND);
        ScriptedSink sink = new ScriptedSink(1, 1);

        run(List.of(file), sink, RunSettings.untilEndOfFiles());

        assertThat(sink.arrivals()).extracting(Arrival::record).containsExactly(" and ERROR half");
    }

    @Test
    void outagesLoseNothingAndCountNothingTwice() throws IOException {
        for (long seed = 1; seed <= 3; seed++) {
            Files.deleteIfExists(directory.resolve("checkpoint"));
            Path file = log("a", 3_000);
            ScriptedSink sink = new ScriptedSink(seed, 3).withOutages(2);

            Ledger ledger = run(List.of(file), sink, RunSettings.untilEndOfFiles());

            assertThat(sink.sessions()).as("sessions, seed %d", seed).isEqualTo(3);
            assertThat(new HashSet<>(sink.arrivals()))
                    .as("distinct, seed %d", seed)
                    .hasSize(600);
            assertThat(ledger.emittedMatches()).as("emitted, seed %d", seed).isEqualTo(600);
            assertThat(ledger.scanned().bytes()).isEqualTo(Files.size(file));
        }
    }

    @Test
    void aRefusalEndsTheRunAndTheNextOneGoesOnBeforeTheRefusedRecord() throws IOException {
        Path file = log("a", 3_000);
        ScriptedSink refusing = new ScriptedSink(1, 1).refusing("number 2510 ");
        assertThatThrownBy(() -> run(List.of(file), refusing, RunSettings.untilEndOfFiles()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("refuses");
        ScriptedSink sink = new ScriptedSink(1, 1);

        run(List.of(file), sink, RunSettings.untilEndOfFiles());

        assertThat(sink.arrivals().getFirst().offset()).isPositive();
        assertThat(sink.arrivals()).extracting(Arrival::record).anyMatch(record -> record.contains("number 2510 "));
        List<Arrival> both = new ArrayList<>(refusing.arrivals());
        both.addAll(sink.arrivals());
        assertThat(new HashSet<>(both)).hasSize(600);
    }

    @Test
    void aSinkThatStallsHoldsUpTheReading() throws IOException {
        Path file = log("a", 60_000);
        StalledSink sink = new StalledSink(2);
        LogProcessor processor =
                new LogProcessor(List.of(input(List.of(file))), sink, RunState.none(), RunSettings.untilEndOfFiles());
        Disposable run = processor.run().subscribe();
        try {
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(sink.taken).hasSize(2));
            Awaitility.await().during(Duration.ofMillis(300)).atMost(SOON).untilAsserted(() -> {
                int windows = (int) (processor.counters().scannedBytes() / 4096);
                assertThat(windows)
                        .isLessThanOrEqualTo(
                                2 + 2 * RunSettings.untilEndOfFiles().threads());
            });
            assertThat(Files.size(file)).isGreaterThan(100 * 4096);
        } finally {
            run.dispose();
        }
    }

    @Test
    void aFileThatCannotBeReadIsAProblemOfItsOwn() throws IOException {
        Path missing = directory.resolve("missing");
        ScriptedSink sink = new ScriptedSink(1, 1);

        Ledger ledger = run(List.of(missing, directory, log("a", 100)), sink, RunSettings.untilEndOfFiles());

        assertThat(sink.arrivals()).hasSize(20);
        assertThat(ledger.problems()).hasSize(2);
        assertThat(ledger.problems().toString()).contains("no such file").contains("not a regular file");
    }

    @Test
    void aFollowedFileIsReadAsItGrowsButNotBeforeARecordIsComplete() throws IOException {
        Path file = log("a", 10);
        ScriptedSink sink = new ScriptedSink(1, 1);
        LogProcessor processor =
                new LogProcessor(List.of(input(List.of(file))), sink, RunState.none(), RunSettings.follow());
        Disposable run = processor.run().subscribe();
        Awaitility.await().atMost(SOON).until(() -> sink.arrivals().size() == 2);

        Files.writeString(file, "an ERROR in two", StandardOpenOption.APPEND);
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .atMost(SOON)
                .until(() -> sink.arrivals().size() == 2);
        Files.writeString(file, " halves\n", StandardOpenOption.APPEND);
        Awaitility.await().atMost(SOON).until(() -> sink.arrivals().size() == 3);
        assertThat(sink.arrivals().getLast().record()).isEqualTo("an ERROR in two halves");

        processor.stop();
        Awaitility.await().atMost(SOON).until(run::isDisposed);
    }

    @Test
    void aFileBegunAtItsEndGivesOnlyWhatComesLater() throws IOException {
        Path file = log("a", 100);
        ScriptedSink sink = new ScriptedSink(1, 1);
        LogInput input = new LogInput("test", Discovery.of(List.of(file)), true, reading(), RULES);
        LogProcessor processor = new LogProcessor(List.of(input), sink, RunState.none(), RunSettings.follow());
        Disposable run = processor.run().subscribe();
        Awaitility.await().atMost(SOON).until(() -> processor.counters().resumedBytes() > 0);

        Files.writeString(file, "late ERROR\n", StandardOpenOption.APPEND);

        Awaitility.await().atMost(SOON).until(() -> !sink.arrivals().isEmpty());
        assertThat(sink.arrivals()).extracting(Arrival::record).containsExactly("late ERROR");
        processor.stop();
        Awaitility.await().atMost(SOON).until(run::isDisposed);
    }

    @Test
    void aFileThatGotShorterThanItsCheckpointIsReadFromItsStart() throws IOException {
        Path file = log("a", 1_000);
        run(List.of(file), new ScriptedSink(1, 1), RunSettings.untilEndOfFiles());
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        Files.writeString(file, "short ERROR\n", StandardOpenOption.APPEND);
        ScriptedSink sink = new ScriptedSink(1, 1);

        run(List.of(file), sink, RunSettings.untilEndOfFiles());

        assertThat(sink.arrivals()).extracting(Arrival::record).containsExactly("short ERROR");
    }

    @Test
    void bytesThatATruncationTookAwayAreCountedAsLost() throws IOException {
        Path file = log("a", 60_000);
        long sizeBytes = Files.size(file);
        TruncatingSink sink = new TruncatingSink(file, 8_192);

        Ledger ledger = run(List.of(file, log("b", 100)), sink, RunSettings.untilEndOfFiles());

        assertThat(ledger.lostBytes()).isPositive();
        assertThat(ledger.problems()).hasSize(1);
        assertThat(ledger.scanned().bytes() + ledger.lostBytes())
                .isBetween(sizeBytes, sizeBytes + Files.size(directory.resolve("b")) + 200);
    }

    private Ledger run(List<Path> files, MatchSink sink, RunSettings settings) throws IOException {
        try (RunState state = RunState.open(directory.resolve("checkpoint"))) {
            return new LogProcessor(List.of(input(files)), sink, state, settings)
                    .run()
                    .block(Duration.ofSeconds(60));
        }
    }

    private static LogInput input(List<Path> files) {
        return new LogInput("test", Discovery.of(files), false, reading(), RULES);
    }

    private static Reading reading() {
        return new Reading(new WindowPlan(4096, 1024, Delimiter.AUTO));
    }

    /** A tenth of the records has ERROR, another tenth ends in 7. */
    private Path log(String name, int records) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < records; i++) {
            text.append(i % 10 == 0 ? "ERROR number " + i + " here\n" : "some number " + i + "\n");
        }
        return Files.writeString(directory.resolve(name), text);
    }

    /** Cuts the file off when the first window arrives. */
    private record TruncatingSink(Path file, long sizeBytes) implements MatchSink {
        @Override
        public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
            return windows.limitRate(1).index().map(window -> {
                if (window.getT1() == 0) {
                    truncate();
                }
                return Acknowledgement.of(window.getT2());
            });
        }

        private void truncate() {
            try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                channel.truncate(sizeBytes);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
