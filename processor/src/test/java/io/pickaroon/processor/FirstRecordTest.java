package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.ScriptedSink.Arrival;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Multiline;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.RecordStarts;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;

/** What stands before the first record of a file and belongs to none: a byte order mark, or NULs that a truncation left. */
class FirstRecordTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MAX_RECORD_BYTES = 1024;
    private static final Optional<RecordStarts> LINES = Optional.empty();
    private static final Rule LINE = new Rule("line", new Pattern.Regex("^[a-z].*", false));
    private static final Rule MASKED = new Rule(
            "masked",
            new Pattern.Regex("^one", false),
            true,
            Optional.of(new Fix(new Fix.Mask('*', 1, 0), "", 0, false)));

    @TempDir
    Path directory;

    @TempDir
    Path state;

    @Test
    void nulsBeforeALineThatAWriterPutsBehindATruncationAreSkipped() throws IOException {
        for (int oldBytes : new int[] {10, 700, 5_000, 3 << 20}) {
            Path log =
                    Files.createDirectories(directory.resolve("d" + oldBytes)).resolve("a.log");
            try (RandomAccessFile writer = new RandomAccessFile(log.toFile(), "rw");
                    Run run = new Run(log, LINES, LINE)) {
                writer.writeBytes("a".repeat(oldBytes - 6) + "\nlast\n");
                run.awaitLast("last");
                int before = run.arrivals().size();
                truncate(log);
                writer.writeBytes("next\nafter\n");
                run.awaitLast("after");

                List<Arrival> arrivals = run.arrivals();
                assertThat(arrivals.subList(before, arrivals.size()))
                        .extracting(Arrival::record)
                        .containsExactly("next", "after");
                assertThat(arrivals.get(before).offset()).isEqualTo(oldBytes);
                assertThat(run.ledger().skippedBytes()).isEqualTo(oldBytes);
                assertThat(run.ledger().scanned().oversizedRecords()).isEqualTo(oldBytes > MAX_RECORD_BYTES ? 1 : 0);
                assertThat(run.unaccountedBytes()).isZero();
            }
        }
    }

    @Test
    void nulsThatNoLineFollowsYetWaitForOne() throws IOException {
        Path log = directory.resolve("a.log");
        try (RandomAccessFile writer = new RandomAccessFile(log.toFile(), "rw")) {
            writer.setLength(20_000);
            try (Run run = new Run(log, LINES, LINE)) {
                Files.writeString(directory.resolve("b.log"), "other\n");
                run.awaitLast("other");
                writer.setLength(30_000);
                writer.seek(30_000);
                writer.writeBytes("one\ntwo\n");
                run.awaitLast("two");
                assertThat(run.ledger().skippedBytes()).isEqualTo(30_000);
            }
            writer.writeBytes("three\n");
        }
        try (Run run = new Run(log, LINES, LINE)) {
            run.awaitLast("three");
            assertThat(run.arrivals()).hasSize(1);
            assertThat(run.ledger().skippedBytes()).isZero();
        }
    }

    @Test
    void aRotatedFileOfNulsHoldsUpNothing() throws IOException {
        Path log = directory.resolve("a.log");
        Files.write(log, new byte[5_000]);
        try (Run run = new Run(log, LINES, LINE)) {
            Files.writeString(directory.resolve("b.log"), "other\n");
            run.awaitLast("other");
            Files.move(log, directory.resolve("a.log.1"));
            Files.writeString(log, "one\n");
            run.awaitLast("one");
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(run.ledger().skippedBytes()).isEqualTo(5_000));
        }
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstRecordInAnyGeneration() throws IOException {
        Path log = directory.resolve("a.log");
        Files.write(log, new byte[] {(byte) 0xef, (byte) 0xbb});
        try (Run run = new Run(log, LINES, MASKED)) {
            Files.write(log, new byte[] {(byte) 0xbf}, StandardOpenOption.APPEND);
            Files.writeString(log, "one\nlonger than the next\n", StandardOpenOption.APPEND);
            run.awaitLast("o**");
            Awaitility.await().atMost(SOON).until(() -> Files.readString(log).startsWith("\ufeffo**"));
            truncate(log);
            Files.writeString(log, "\ufeffone 2\n", StandardOpenOption.APPEND);
            run.awaitLast("o** 2");

            assertThat(run.arrivals()).extracting(Arrival::offset).containsExactly(3L, 3L);
            assertThat(run.ledger().skippedBytes()).isEqualTo(6);
            assertThat(run.unaccountedBytes()).isZero();
        }
        assertThat(Files.readString(log)).isEqualTo("\ufeffo** 2\n");
    }

    @Test
    void aRecordOfSeveralLinesStartsBehindTheByteOrderMark() throws IOException {
        Path log = directory.resolve("a.log");
        Files.writeString(log, "\ufeffone\n at x\ntwo\n at y\nthree\n");
        try (Run run = new Run(log, Optional.of(Multiline.continuedBy("^\\s|^\\x{ef}")), LINE)) {
            run.awaitLast("two\n at y");

            assertThat(run.arrivals()).extracting(Arrival::record).containsExactly("one\n at x", "two\n at y");
            assertThat(run.arrivals().getFirst().offset()).isEqualTo(3);
        }
    }

    private static void truncate(Path log) throws IOException {
        Files.newByteChannel(log, StandardOpenOption.WRITE).truncate(0).close();
    }

    /** Follows a log, and another one beside it, until it is closed. */
    private final class Run implements AutoCloseable {
        private static final FollowSettings FAST = new FollowSettings(
                Duration.ofMillis(300), Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofDays(7));

        private final ScriptedSink sink = new ScriptedSink(1, 1);
        private final Recovery recovery = Recovery.of(state.resolve("checkpoint"));
        private final LogProcessor processor;
        private final Disposable running;
        private final List<Throwable> failures = new ArrayList<>();

        Run(Path log, Optional<RecordStarts> starts, Rule rule) throws IOException {
            WindowPlan plan = new WindowPlan(4096, new RecordFormat(Delimiter.AUTO, MAX_RECORD_BYTES, starts));
            Discovery logs = Discovery.of(List.of(log, log.resolveSibling("b.log")));
            processor = new LogProcessor(
                    List.of(new LogInput("test", logs, false, new Reading(plan), List.of(rule))),
                    sink,
                    RunState.of(recovery),
                    new RunSettings(false, 2, 16, Duration.ofMillis(10), Duration.ofMillis(20), FAST));
            running = processor.run().subscribe(_ -> {}, failures::add);
        }

        void awaitLast(String record) {
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(arrivals())
                            .isNotEmpty()
                            .last()
                            .extracting(Arrival::record)
                            .isEqualTo(record));
        }

        List<Arrival> arrivals() {
            return sink.arrivals();
        }

        Ledger ledger() {
            return processor.counters().ledger();
        }

        long unaccountedBytes() {
            return processor.counters().inputs().getFirst().unaccountedBytes();
        }

        @Override
        public void close() {
            processor.stop();
            Awaitility.await().atMost(SOON).until(running::isDisposed);
            try {
                recovery.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            assertThat(failures).isEmpty();
        }
    }
}
