package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.ScriptedSink.Arrival;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.metrics.Destination;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Follows real files through what happens to them in real directories. */
class FollowTest extends FollowedFiles {
    @Test
    void aFileThatAppearsLaterIsReadFromItsStartWhateverTheInputSays() throws IOException {
        write("old.log", "line before\n");
        try (Run run = new Run(EMIT, true)) {
            run.awaitKnown("old.log");
            write("new.log", "line 1\n");
            append("old.log", "line after\n");
            run.await("line 1", "line after");
        }
    }

    @Test
    void aFileThatAppearedBetweenTwoRunsIsReadFromItsStartTheOthersWhereTheyWereLeft() throws IOException {
        write("old.log", "line before\n");
        try (Run run = new Run(EMIT, true)) {
            run.awaitKnown("old.log");
        }
        append("old.log", "line meanwhile\n");
        write("new.log", "line 1\n");
        try (Run run = new Run(EMIT, true)) {
            run.await("line 1", "line meanwhile");
        }
    }

    @Test
    void manyMoreFilesThanMayBeOpenAreReadByOpeningThemInPlaceOfIdleOnes() throws IOException {
        int files = 125 * Run.MAX_OPEN_FILES;
        for (int i = 1; i <= files; i++) {
            write("%04d.log".formatted(i), "line " + i + "\n");
        }
        try (Run run = new Run(EMIT, false)) {
            Awaitility.await().atMost(SOON).until(() -> run.sink.arrivals().size() == files);
        }
    }

    @Test
    void aRenamedFileIsReadToItsEndBeforeTheOneThatHasItsName() throws IOException {
        write("a.log", "line 1\n");
        try (Run run = new Run(EMIT, false)) {
            run.await("line 1");
            append("a.log", lines(2, 3_000));
            Files.move(path("a.log"), path("a.log.1"));
            write("a.log", "line 3001\n");
            run.awaitInOrder(1, 3_001);
            append("a.log.1", "line 3002\n");
            run.awaitInOrder(1, 3_002);
            assertThat(run.sink.arrivals()).extracting(Arrival::file).containsOnly("a.log");
        }
    }

    @Test
    void filesThatAreRenamedBeforeAScanSeesThemAreReadInTheirOrder() throws IOException {
        write("a.log", "line 1\n");
        try (Run run = new Run(EMIT, false)) {
            run.await("line 1");
            for (int i = 2; i <= 60; i++) {
                Files.move(path("a.log"), path("rotated-" + i));
                write("a.log", "line " + i + "\n");
            }
            run.awaitInOrder(1, 60);
            assertThat(run.sink.arrivals()).extracting(Arrival::file).containsOnly("a.log");
        }
    }

    @Test
    void aFileThatWasRenamedBetweenTwoRunsIsReadToItsEndUnderItsNewName() throws IOException {
        write("a.log", "line 1\n");
        try (Run run = new Run(EMIT, false)) {
            run.await("line 1");
        }
        append("a.log", "line 2\n");
        Files.move(path("a.log"), path("a.log.1"));
        write("a.log", "line 3\n");
        try (Run run = new Run(EMIT, false)) {
            run.awaitInOrder(2, 3);
        }
    }

    @Test
    void aRunToTheEndReadsARenamedFileFirst() throws IOException {
        write("a.log", "line 1\n");
        assertThat(once(EMIT)).containsExactly("line 1");
        append("a.log", "line 2\n");
        Files.move(path("a.log"), path("a.log.1"));
        write("a.log", "line 3\n");
        assertThat(once(EMIT)).containsExactly("line 2", "line 3");
        assertThat(once(EMIT)).isEmpty();
    }

    @Test
    void aDeletedFileIsReadToItsEndAndClosed() throws IOException {
        write("a.log", "line 1\n");
        try (Run run = new Run(EMIT, false);
                FileChannel writer = FileChannel.open(path("a.log"), StandardOpenOption.APPEND)) {
            run.await("line 1");
            Files.delete(path("a.log"));
            writer.write(StandardCharsets.UTF_8.encode("line 2\nline 3"));
            run.awaitInOrder(1, 3);
            Awaitility.await().atMost(SOON).until(() -> openLogs() == 1);
        }
    }

    @Test
    void whatADeletedFileHoldsAtAStopIsReadFirst() throws IOException {
        String more = lines(2, 2_000) + "line 2001";
        write("a.log", "line 1\n");
        Run run = new Run(EMIT, false);
        try (FileChannel writer = FileChannel.open(path("a.log"), StandardOpenOption.APPEND);
                run) {
            run.await("line 1");
            Files.delete(path("a.log"));
            writer.write(StandardCharsets.UTF_8.encode(more));
        }
        run.awaitInOrder(1, 2_001);
        assertThat(run.processor.counters().ledger().lostBytes()).isZero();
        assertThat(run.entries().getFirst().position().offset()).isEqualTo("line 1\n".length() + more.length());
    }

    @Test
    void whatASlowDestinationDoesNotTakeOfADeletedFileInTimeIsCountedAsLost() throws IOException {
        String more = lines(2, 20_000);
        int all = "line 1\n".length() + more.length();
        write("a.log", "line 1\n");
        Run run = new Run(EMIT, false, FAST, new ScriptedSink(1, 1).slow(Duration.ofMillis(400)));
        try (FileChannel writer = FileChannel.open(path("a.log"), StandardOpenOption.APPEND);
                run) {
            run.await("line 1");
            Files.delete(path("a.log"));
            writer.write(StandardCharsets.UTF_8.encode(more));
        }
        long delivered = run.entries().getFirst().position().offset();
        assertThat(delivered).isGreaterThan("line 1\n".length()).isLessThan(all);
        assertThat(run.processor.counters().ledger().lostBytes()).isEqualTo(all - delivered);
    }

    @Test
    void whatIsDeletedDuringAnOutageThatLastsToTheStopIsCountedAsLost() throws IOException {
        String all = lines(1, 10_000);
        write("a.log", all);
        ScriptedSink failing = new ScriptedSink(1, 1).withOutages(Integer.MAX_VALUE);
        Run run = new Run(EMIT, false, FAST, failing);
        try (run) {
            run.awaitKnown("a.log");
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> run.processor.counters().destination() instanceof Destination.Failing);
            Files.delete(path("a.log"));
        }
        long delivered = run.entries().getFirst().position().offset();
        assertThat(delivered).isLessThan(all.length());
        assertThat(run.processor.counters().ledger().lostBytes()).isEqualTo(all.length() - delivered);
    }

    @Test
    void manyFilesAreFollowedWithFewOpen() throws IOException {
        for (int i = 0; i < 300; i++) {
            write(i + ".log", "line a" + i + "\n");
        }
        try (Run run = new Run(EMIT, false)) {
            Awaitility.await().atMost(SOON).until(() -> run.sink.arrivals().size() == 300);
            for (int i = 0; i < 300; i++) {
                append(i + ".log", "line b" + i + "\n");
            }
            Awaitility.await().atMost(SOON).until(() -> run.sink.arrivals().size() == 600);
            assertThat(openLogs()).isLessThanOrEqualTo(20);
            assertThat(Set.copyOf(run.records())).hasSize(600);
        }
    }

    @Test
    void anOutageWithAllDescriptorsInUseStopsNothing() throws IOException {
        for (int i = 0; i < 60; i++) {
            write(i + ".log", "line a" + i + "\n");
        }
        try (Run run = new Run(EMIT, false, FAST, new ScriptedSink(3, 1).withOutages(2))) {
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> Set.copyOf(run.records()).size() == 60);
            for (int i = 0; i < 60; i++) {
                append(i + ".log", "line b" + i + "\n");
            }
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> Set.copyOf(run.records()).size() == 120);
        }
    }

    @Test
    void aFileOfWhichNothingWasDeliveredYetIsFoundUnderItsNewNameByTheNextRun() throws IOException {
        write("a.log", "");
        try (Run run = new Run(EMIT, false)) {
            run.awaitKnown("a.log");
        }
        append("a.log", "line 1\n");
        Files.move(path("a.log"), path("a.log.1"));
        write("a.log", "line 2\n");
        assertThat(once(EMIT)).containsExactly("line 1", "line 2");
    }

    @Test
    void whatASymbolicLinkLedToIsReadToItsEndAlthoughTheLinkLeadsNowhereNow() throws IOException {
        Path data = Files.createDirectory(path("data"));
        Files.writeString(data.resolve("1"), "line 1\nline 2");
        Files.createSymbolicLink(path("a.log"), data.resolve("1"));
        try (Run run = new Run(EMIT, false)) {
            run.await("line 1");
            Files.delete(path("a.log"));
            Files.createSymbolicLink(path("a.log"), data.resolve("2"));
            run.awaitInOrder(1, 2);
            Files.writeString(data.resolve("2"), "line 3\n");
            run.awaitInOrder(1, 3);
        }
    }

    @Test
    void aFileThatIsGoneForLongIsForgottenAndTheDestinationIsTold() throws IOException {
        write("a.log", "line 1\n");
        write("b.log", "line 2\n");
        assertThat(once(EMIT)).hasSize(2);
        FileIdentity gone = FileIdentity.of(FileStatus.of(path("a.log")));
        Files.delete(path("a.log"));
        FollowSettings forgetful = new FollowSettings(
                Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofSeconds(1));
        try (Run run = new Run(EMIT, false, forgetful)) {
            Awaitility.await().atMost(SOON).until(() -> run.entries().size() == 1);
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(run.sink.forgotten()).containsExactly(gone));
        }
    }
}
