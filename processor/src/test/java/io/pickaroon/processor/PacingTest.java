package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.MaxRate;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs with a rate, and without one, of real files and in simulated time. */
class PacingTest {
    private static final Percentage TOLERANCE = Percentage.withPercentage(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long RATE = 64 << 10;
    private static final int LINE_BYTES = 1 << 10;
    private static final int MANY = 16;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInputIsReadAtItsRateAndOthersAsFastAsPossible(boolean once) throws IOException {
        write("slow.log", 70 * RATE);
        write("fast.log", 70 * RATE);
        PacedRun run = new PacedRun(once, MANY, 1, paced("slow", "slow.log"), unpaced("fast.log"));

        run.runUntil(MINUTE);

        assertThat(run.bytesBefore(MINUTE, "slow.log")).isCloseTo(60 * RATE, TOLERANCE);
        assertThat(run.bytesBefore(Duration.ofSeconds(10), "slow.log")).isCloseTo(10 * RATE, within(2 * RATE));
        assertThat(run.records("fast.log")).isEqualTo(lines("fast.log", 70 * RATE));
        assertThat(run.of("fast.log").getLast().at()).isLessThan(Duration.ofSeconds(2));
        assertThat(run.figures("slow").paced()).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(61));
        assertThat(run.figures("others").paced()).isZero();

        run.runUntil(() -> run.of("slow.log").size() == 70 * RATE / LINE_BYTES);
        assertThat(run.records("slow.log")).isEqualTo(lines("slow.log", 70 * RATE));
        assertThat(run.now()).isBetween(Duration.ofSeconds(66), Duration.ofSeconds(73));
        run.stop();
        run.runToEnd();
        assertThat(run.ledger().scanned().bytes()).isEqualTo(140 * RATE);
        assertThat(run.ledger().problems()).isEmpty();
    }

    /** No window is longer than a stretch, although 16 MiB would be one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatArrivesAtATimeIsAStretch(boolean once) throws IOException {
        write("slow.log", 20 * RATE);
        PacedRun run = new PacedRun(once, MANY, 2, paced("slow", "slow.log"));

        run.runUntil(() -> run.of("slow.log").size() == 20 * RATE / LINE_BYTES);

        IntStream.range(1, 20)
                .mapToObj(Duration::ofSeconds)
                .forEach(moment -> assertThat(run.bytesBefore(moment, "slow.log")
                                - run.bytesBefore(moment.minusSeconds(1), "slow.log"))
                        .isLessThanOrEqualTo(2 * RATE));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void filesOfAnInputShareItsRate(boolean once) throws IOException {
        String[] names = {"1.log", "2.log", "3.log"};
        for (String name : names) {
            write(name, 30 * RATE);
        }
        PacedRun run = new PacedRun(once, MANY, 3, paced("slow", names));

        run.runUntil(MINUTE);

        assertThat(run.bytesBefore(MINUTE, names)).isCloseTo(60 * RATE, TOLERANCE);
        for (String name : names) {
            assertThat(run.bytesBefore(MINUTE, name)).isCloseTo(20 * RATE, Percentage.withPercentage(10));
        }
        run.stop();
        run.runToEnd();
    }

    /** In a followed run, where more files than may be open have something to read for a long time. */
    @Test
    void filesThatWaitForARateTakeNoPlaceAwayFromOthers() throws IOException {
        String[] names = IntStream.range(0, 8).mapToObj(i -> i + ".log").toArray(String[]::new);
        for (String name : names) {
            write(name, 10 * RATE);
        }
        PacedRun run = new PacedRun(false, 4, 4, paced("slow", names), unpaced("fast.log"));
        run.runUntil(Duration.ofSeconds(5));
        write("fast.log", 10 * RATE);

        run.runUntil(Duration.ofSeconds(30));

        assertThat(run.of("fast.log").getLast().at()).isLessThan(Duration.ofSeconds(16));
        assertThat(run.records("fast.log")).isEqualTo(lines("fast.log", 10 * RATE));
        assertThat(run.bytesBefore(Duration.ofSeconds(30), names)).isCloseTo(30 * RATE, TOLERANCE);
        run.runUntil(() -> run.bytesBefore(run.now(), names) == 80 * RATE);
        for (String name : names) {
            assertThat(run.records(name)).isEqualTo(lines(name, 10 * RATE));
        }
        run.stop();
        run.runToEnd();
    }

    @Test
    void whatComesAfterAQuietTimeIsReadAtOnceIfASecondAllowsIt() throws IOException {
        write("slow.log", RATE);
        PacedRun run = new PacedRun(false, MANY, 5, paced("slow", "slow.log"));
        run.runUntil(Duration.ofSeconds(20));
        Duration paced = run.figures("slow").paced();
        append("slow.log", RATE / 2);
        run.runUntil(() -> run.of("slow.log").size() == 96);

        assertThat(run.now()).isLessThan(Duration.ofMillis(30_500));
        assertThat(run.figures("slow").paced()).isEqualTo(paced);
        run.stop();
        run.runToEnd();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStopWaitsForNoAllowance(boolean once) throws IOException {
        write("slow.log", 60 * RATE);
        PacedRun run = new PacedRun(once, MANY, 6, paced("slow", "slow.log"));
        run.runUntil(Duration.ofSeconds(10));
        run.stop();
        run.runToEnd();

        assertThat(run.now()).isLessThan(Duration.ofMillis(10_500));
        List<String> records = run.records("slow.log");
        assertThat(records).isEqualTo(lines("slow.log", 60 * RATE).subList(0, records.size()));
        assertThat(records.size() * (long) LINE_BYTES).isCloseTo(10 * RATE, within(2 * RATE));
        assertThat(run.ledger().lostBytes()).isZero();
    }

    /** It is nowhere else. */
    @Test
    void aStopReadsADeletedFileAtFullSpeed() throws IOException {
        write("slow.log", 60 * RATE);
        PacedRun run = new PacedRun(false, MANY, 7, paced("slow", "slow.log"));
        run.runUntil(Duration.ofSeconds(5));
        Files.delete(directory.resolve("slow.log"));
        run.stop();
        run.runToEnd();

        assertThat(run.now()).isLessThan(Duration.ofSeconds(9));
        assertThat(run.records("slow.log")).isEqualTo(lines("slow.log", 60 * RATE));
        assertThat(run.ledger().lostBytes()).isZero();
    }

    @Test
    void aRotatedFileIsReadAtTheRateBeforeItsSuccessor() throws IOException {
        write("slow.log", 20 * RATE);
        PacedRun run = new PacedRun(false, MANY, 8, paced("slow", "slow.log"));
        run.runUntil(Duration.ofSeconds(5));
        Files.move(directory.resolve("slow.log"), directory.resolve("slow.log.1"));
        Files.writeString(directory.resolve("slow.log"), "the next line\n");
        run.runUntil(() -> run.records("slow.log").contains("the next line"));

        assertThat(run.records("slow.log"))
                .isEqualTo(Stream.concat(lines("slow.log", 20 * RATE).stream(), Stream.of("the next line"))
                        .toList());
        assertThat(run.now()).isBetween(Duration.ofSeconds(18), Duration.ofSeconds(32));
        run.stop();
        run.runToEnd();
    }

    @Test
    void aTruncationIsNoticedWhileAFileWaits() throws IOException {
        write("slow.log", 60 * RATE);
        PacedRun run = new PacedRun(false, MANY, 9, paced("slow", "slow.log"));
        run.runUntil(Duration.ofSeconds(5));
        long before = run.of("slow.log").size();
        try (FileChannel channel = FileChannel.open(directory.resolve("slow.log"), StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        append("slow.log", RATE);
        run.runUntil(() -> run.of("slow.log").size() >= before + RATE / LINE_BYTES);
        run.stop();
        run.runToEnd();

        List<String> records = run.records("slow.log");
        assertThat(records.subList(records.size() - 64, records.size())).isEqualTo(lines("slow.log", RATE));
        assertThat(run.ledger().lostBytes()).isEqualTo(60 * RATE - (records.size() * (long) LINE_BYTES - RATE));
    }

    private void write(String name, long bytes) throws IOException {
        Files.write(directory.resolve(name), lines(name, bytes));
    }

    private void append(String name, long bytes) throws IOException {
        Files.write(directory.resolve(name), lines(name, bytes), StandardOpenOption.APPEND);
    }

    /** The lines of a file, of 1 KiB each. */
    private static List<String> lines(String name, long bytes) {
        return IntStream.range(0, (int) (bytes / LINE_BYTES))
                .mapToObj(i -> "%s line %d ".formatted(name, i))
                .map(text -> text + "x".repeat(LINE_BYTES - 1 - text.length()))
                .toList();
    }

    private LogInput paced(String id, String... names) {
        return input(id, Optional.of(MaxRate.of(RATE)), names);
    }

    private LogInput unpaced(String... names) {
        return input("others", Optional.empty(), names);
    }

    private LogInput input(String id, Optional<MaxRate> rate, String... names) {
        List<Path> files = Stream.of(names).map(directory::resolve).toList();
        Reading reading = new Reading(new WindowPlan(16 << 20, 4096, Delimiter.AUTO));
        return new LogInput(id, Discovery.of(files), false, reading, FollowedFiles.EMIT, rate);
    }
}
