package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.ScriptedSink.Arrival;
import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.decode.ContentFormat;
import io.pickaroon.processor.decode.Utf16;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Follows real files whose text is UTF-16. */
class FollowUtf16Test extends FollowedFiles {
    private static final Charset LITTLE = StandardCharsets.UTF_16LE;
    private static final Charset BIG = StandardCharsets.UTF_16BE;
    private static final String MARK = "\ufeff";

    @Override
    List<ContentFormat> decoded() {
        return List.of(new Utf16());
    }

    @Test
    void aFileThatGrowsByOddNumbersOfBytesIsFollowed() throws IOException {
        for (Charset charset : List.of(LITTLE, BIG)) {
            String name = charset.name() + ".log";
            byte[] stored = (MARK + "line \u20ac\ud83d\ude00 1\nline 2\n").getBytes(charset);
            try (Run run = new Run(EMIT, false)) {
                write(name, "");
                for (int i = 0; i < stored.length; i++) {
                    append(name, new byte[] {stored[i]});
                    if (i % 3 == 0) {
                        pause();
                    }
                }
                run.await("line \u20ac\ud83d\ude00 1", "line 2");
                assertThat(run.sink.arrivals()).extracting(Arrival::offset).containsExactly(0L, 15L);
                Awaitility.await().atMost(SOON).until(() -> scannedBytes(run) == 22);
            }
        }
    }

    @Test
    void runsThatFollowAndRunsToTheEndGoOnWhereTheOthersWere() throws IOException {
        append("a.log", (MARK + lines(1, 3_000)).getBytes(LITTLE));
        assertThat(once(EMIT)).hasSize(3_000);
        append("a.log", lines(3_001, 6_000).getBytes(LITTLE));
        try (Run run = new Run(EMIT, false)) {
            run.awaitInOrder(3_001, 6_000);
            append("a.log", Arrays.copyOf("line 6001\nli\ud83d\ude00".getBytes(LITTLE), 26));
            run.awaitInOrder(3_001, 6_001);
        }
        append("a.log", Arrays.copyOfRange("\ud83d\ude00ne\n".getBytes(LITTLE), 2, 10));
        append("a.log", lines(6_002, 6_002).getBytes(LITTLE));
        assertThat(once(EMIT)).containsExactly("line 6002");
        append("a.log", lines(6_003, 6_004).getBytes(LITTLE));
        try (Run run = new Run(EMIT, false)) {
            run.awaitInOrder(6_003, 6_004);
            int decoded = (lines(1, 6_004) + "li\ud83d\ude00ne\n").getBytes(StandardCharsets.UTF_8).length;
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(run.entries())
                            .extracting(entry -> entry.position().offset())
                            .containsExactly((long) decoded));
        }
    }

    @Test
    void outagesRepeatNothingThatIsDurableAndLeaveNothingOut() throws IOException {
        append("a.log", (MARK + lines(1, 5_000)).getBytes(BIG));
        try (Run run = new Run(EMIT, false, FAST, new ScriptedSink(3, 1).withOutages(3))) {
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(run.sink.arrivals().stream()
                                    .map(Arrival::offset)
                                    .distinct()
                                    .count())
                            .isEqualTo(5_000));
            assertThat(run.records()).contains("line 5000");
        }
    }

    @Test
    void whatAnEarlierRunHasReadIsNotLostWhenItIsTruncatedInAnOutage() throws IOException {
        append("a.log", (MARK + lines(1, 50)).getBytes(LITTLE));
        assertThat(once(EMIT)).hasSize(50);
        DistantSink sink = DistantSink.away();
        try (Run run = new Run(EMIT, false, FAST, sink)) {
            run.awaitKnown("a.log");
            Awaitility.await().atMost(SOON).until(() -> isOpen("a.log"));
            truncate("a.log");
            append("a.log", (MARK + "line 51\n").getBytes(LITTLE));
            sink.comeBack();
            Awaitility.await().atMost(SOON).until(() -> sink.records().equals(List.of("line 51")));
            assertThat(run.processor.counters().ledger().lostBytes()).isZero();
        }
    }

    @Test
    void aRenamedFileIsReadToItsEndBeforeTheOneThatHasItsName() throws IOException {
        append("a.log", (MARK + "line 1\n").getBytes(LITTLE));
        try (Run run = new Run(EMIT, false)) {
            run.awaitInOrder(1, 1);
            append("a.log", lines(2, 3_000).getBytes(LITTLE));
            Files.move(path("a.log"), path("a.log.1"));
            append("a.log", (MARK + "line 3001\n").getBytes(BIG));
            run.awaitInOrder(1, 3_001);
            append("a.log.1", "line 3002\n".getBytes(LITTLE));
            run.awaitInOrder(1, 3_002);
        }
        append("a.log", "line 3003\n".getBytes(BIG));
        Files.move(path("a.log"), path("a.log.0"));
        write("a.log", "line 3004\n");
        try (Run run = new Run(EMIT, false)) {
            run.awaitInOrder(3_003, 3_004);
        }
    }

    @Test
    void aDeletedFileIsReadToItsEnd() throws IOException {
        append("a.log", (MARK + "line 1\n").getBytes(LITTLE));
        try (Run run = new Run(EMIT, false);
                FileChannel writer = FileChannel.open(path("a.log"), StandardOpenOption.APPEND)) {
            run.awaitInOrder(1, 1);
            Files.delete(path("a.log"));
            writer.write(ByteBuffer.wrap("line 2\nline 3".getBytes(LITTLE)));
            run.awaitInOrder(1, 3);
            Awaitility.await().atMost(SOON).until(() -> openLogs() == 1);
            assertThat(run.processor.counters().ledger().lostBytes()).isZero();
        }
    }

    @Test
    void aTruncatedFileIsReadAnewWhateverEncodingItHasThen() throws IOException {
        append("a.log", (MARK + lines(1, 200)).getBytes(LITTLE));
        try (Run run = new Run(EMIT, false)) {
            run.awaitInOrder(1, 200);
            Files.write(path("a.log"), (MARK + lines(201, 300)).getBytes(BIG));
            run.awaitInOrder(1, 300);
            write("a.log", lines(301, 350));
            run.awaitInOrder(1, 350);
            Files.write(path("a.log"), (MARK + lines(351, 352)).getBytes(LITTLE));
            run.awaitInOrder(1, 352);
            truncate("a.log");
            append("a.log", (MARK + lines(353, 1_000)).getBytes(LITTLE));
            run.awaitInOrder(1, 1_000);
            assertThat(run.processor.counters().ledger().lostBytes()).isZero();
        }
        append("a.log", "line 1001\n".getBytes(LITTLE));
        assertThat(once(EMIT)).containsExactly("line 1001");
    }

    @Test
    void bytesThatWereSeenAndTruncatedAwayAreCountedAsDecoded() throws IOException {
        append("a.log", (MARK + "line 1\n\u20acline").getBytes(LITTLE));
        try (Run run = new Run(EMIT, false)) {
            run.awaitInOrder(1, 1);
            Files.write(path("a.log"), (MARK + "line 2\n").getBytes(LITTLE));
            run.awaitInOrder(1, 2);
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> run.processor.counters().ledger().lostBytes() == 7);
        }
    }

    @Test
    void noFixChangesItAndNoneWaitsButAMaskHides() throws IOException {
        for (boolean whenRotated : new boolean[] {false, true}) {
            String name = whenRotated + ".log";
            Fix mask = new Fix(new Fix.Mask('*', 0, 0), "k", 0, whenRotated);
            List<Rule> rules =
                    List.of(new Rule("keys", new Pattern.Regex("key=(?<k>\\d+)", false), true, Optional.of(mask)));
            append(name, (MARK + "key=123\n").getBytes(LITTLE));
            byte[] before = Files.readAllBytes(path(name));
            try (Run run = new Run(rules, false)) {
                run.await("key=***");
                append(name, "key=4567\n".getBytes(LITTLE));
                run.await("key=***", "key=****");
                Files.move(path(name), path(name + ".1"));
                append(name + ".1", "key=8\n".getBytes(LITTLE));
                run.await("key=***", "key=****", "key=*");
                assertThat(run.entries())
                        .extracting(CheckpointEntry::pendingBytes)
                        .containsOnly(0L);
                assertThat(run.processor.counters().ledger().fixes().edits()).isZero();
            }
            assertThat(Files.readAllBytes(path(name + ".1"))).startsWith(before);
            assertThat(Files.readString(path(name + ".1"), StandardCharsets.UTF_16LE))
                    .isEqualTo(MARK + "key=123\nkey=4567\nkey=8\n");
        }
    }

    @Test
    void aFileWhoseSizeIsThatOfWhatWasDecodedIsReadOn() throws IOException {
        String first = "line " + "\u20ac".repeat(22) + "\n";
        append("a.log", (MARK + first).getBytes(LITTLE));
        try (Run run = new Run(EMIT, false)) {
            run.await(first.strip());
        }
        append("a.log", "line 2\n".getBytes(LITTLE));
        assertThat(Files.size(path("a.log"))).isEqualTo(first.getBytes(StandardCharsets.UTF_8).length);
        try (Run run = new Run(EMIT, false)) {
            run.awaitInOrder(2, 2);
        }
    }

    @Test
    void aFileThatIsBegunAtItsEndIsReadFromThere() throws IOException {
        append("a.log", (MARK + lines(1, 100)).getBytes(LITTLE));
        write("b.log", "line b\n");
        try (Run run = new Run(EMIT, true)) {
            run.awaitKnown("a.log");
            append("a.log", lines(101, 103).getBytes(LITTLE));
            run.awaitInOrder(101, 103);
            assertThat(run.processor.counters().ledger().lostBytes()).isZero();
        }
    }

    @Test
    void aFileThatWasClosedForSilenceGoesOnWhereItWas() throws IOException {
        FollowSettings closing = new FollowSettings(
                Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofDays(7));
        append("a.log", (MARK + lines(1, 100)).getBytes(BIG));
        try (Run run = new Run(EMIT, false, closing)) {
            run.awaitInOrder(1, 100);
            Awaitility.await().atMost(SOON).until(() -> openLogs() == 0);
            append("a.log", "line 101\n".getBytes(BIG));
            run.awaitInOrder(1, 101);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(3))
                    .during(Duration.ofSeconds(1))
                    .atMost(SOON)
                    .until(() -> openLogs() == 0);
        }
    }

    private static long scannedBytes(Run run) {
        return run.processor.counters().ledger().scanned().bytes();
    }

    private void append(String name, byte[] bytes) throws IOException {
        Path path = path(name);
        Files.write(path, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Long enough for a turn, or some. */
    private static void pause() {
        try {
            Thread.sleep(40);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
