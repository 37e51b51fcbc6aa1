package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.DistantSink.Manner;
import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.input.FollowSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Follows real files that are rotated while the destination is away. */
class OutageTest extends FollowedFiles {
    private static final int ROTATIONS = 5;
    private static final int LINES = 7;
    /** A file has two descriptors while it is opened: one turn may open one, and a directory scan may look into another. */
    private static final int BEING_OPENED = 4;

    /** How the destination comes to be away. */
    enum Outage {
        NEVER_REACHED,
        SILENT,
        FAILING
    }

    private int lines;
    private DistantSink sink;

    private void writeLines(String name) throws IOException {
        Files.writeString(
                path(name), lines(lines + 1, lines + LINES), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        lines += LINES;
    }

    private List<String> allLines() {
        return IntStream.rangeClosed(1, lines).mapToObj(i -> "line " + i).toList();
    }

    /** A run whose destination is away, with what was delivered before. */
    private Run during(Outage outage) throws IOException {
        sink = outage == Outage.NEVER_REACHED ? DistantSink.away() : DistantSink.present();
        writeLines("a.log");
        Run run = new Run(EMIT, false, FAST, sink);
        run.awaitKnown("a.log");
        if (outage != Outage.NEVER_REACHED) {
            Awaitility.await().atMost(SOON).until(() -> isDelivered(run));
            sink.leave(outage == Outage.SILENT ? Manner.SILENT : Manner.FAILING);
        }
        return run;
    }

    private void awaitAdopted(Run run, int files) {
        Awaitility.await().atMost(SOON).until(() -> run.entries().size() == files);
    }

    private void awaitOpen(int files) {
        Awaitility.await().atMost(SOON).until(() -> openLogs() == files);
    }

    private void comesBack(Run run) {
        sink.comeBack();
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(sink.records()).isEqualTo(allLines()));
        assertThat(run.processor.counters().ledger().lostBytes()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void filesThatAreRenamedToNamesOfNoInputArriveInOrder(Outage outage) throws IOException {
        try (Run run = during(outage)) {
            for (int rotation = 1; rotation <= ROTATIONS; rotation++) {
                writeLines("a.log");
                Files.move(path("a.log"), path("a.log." + rotation));
                writeLines("a.log");
                awaitAdopted(run, rotation + 1);
            }
            comesBack(run);
        }
    }

    @ParameterizedTest
    @EnumSource
    void filesThatAreDeletedAfterTheirRotationAreReadFromTheirOpenDescriptors(Outage outage) throws IOException {
        try (Run run = during(outage)) {
            for (int rotation = 1; rotation <= ROTATIONS; rotation++) {
                awaitOpen(rotation);
                writeLines("a.log");
                Files.delete(path("a.log"));
                writeLines("a.log");
                awaitAdopted(run, rotation + 1);
            }
            awaitOpen(ROTATIONS + 1);
            comesBack(run);
        }
    }

    @ParameterizedTest
    @EnumSource
    void filesThatAreMovedIntoAnotherDirectoryAreReadFromTheirOpenDescriptors(Outage outage) throws IOException {
        try (Run run = during(outage)) {
            for (int rotation = 1; rotation <= ROTATIONS; rotation++) {
                awaitOpen(rotation);
                writeLines("a.log");
                Path old = Files.createDirectory(path("old-" + rotation));
                Files.move(path("a.log"), old.resolve("a.log"));
                writeLines("a.log");
                awaitAdopted(run, rotation + 1);
            }
            awaitOpen(ROTATIONS + 1);
            comesBack(run);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTruncatedAwayUnreadIsCountedAsLost(Outage outage) throws IOException {
        Run run = during(outage);
        try (run) {
            for (int rotation = 1; rotation <= ROTATIONS; rotation++) {
                writeLines("a.log");
                awaitSeen();
                truncate("a.log");
                awaitSeen();
            }
            String last = "line " + lines;
            append("a.log", last + "\n");
            awaitSeen();
            sink.comeBack();
            Awaitility.await().atMost(SOON).until(() -> sink.records().contains(last));
        }
        long written = (long) lines(1, lines).length() + ("line " + lines + "\n").length();
        long arrived =
                sink.records().stream().mapToLong(record -> record.length() + 1).sum();
        assertThat(sink.records()).doesNotHaveDuplicates();
        assertThat(run.processor.counters().ledger().lostBytes()).isEqualTo(written - arrived);
    }

    /** Sizes are looked at every 20 ms for as long as a file grows, and every 300 ms otherwise. Nothing tells when. */
    private static void awaitSeen() {
        Duration twoScans = Duration.ofMillis(700);
        Awaitility.await().during(twoScans).atMost(SOON).until(() -> true);
    }

    @Test
    void whatIsTruncatedAwayInAnOutageThatLastsToTheStopIsCountedAsLost() throws IOException {
        Run run = during(Outage.NEVER_REACHED);
        awaitSeen();
        truncate("a.log");
        awaitSeen();
        write("a.log", "line x\n");
        awaitSeen();
        run.close();
        assertThat(run.processor.counters().ledger().lostBytes())
                .isEqualTo(lines(1, LINES).length());
    }

    @Test
    void whatCameAndWentInAnEmptyFileIsCountedWhenTheDestinationIsBack() throws IOException {
        sink = DistantSink.away();
        write("a.log", "");
        try (Run run = new Run(EMIT, false, FAST, sink)) {
            run.awaitKnown("a.log");
            write("a.log", lines(1, 3));
            awaitSeen();
            truncate("a.log");
            awaitSeen();
            write("a.log", lines(1, 2));
            awaitSeen();
            truncate("a.log");
            awaitSeen();
            sink.comeBack();
            awaitLost(run, lines(1, 3).length() + lines(1, 2).length());
        }
    }

    @Test
    void whatGrewWhileASilentDestinationHeldItsFirstTurnIsCounted() throws IOException {
        try (Run run = during(Outage.SILENT)) {
            write("b.log", lines(1, 1_000));
            awaitSeen();
            append("b.log", lines(1_001, 2_000));
            awaitSeen();
            truncate("b.log");
            awaitSeen();
            write("b.log", "line x\n");
            awaitSeen();
            sink.comeBack();
            Awaitility.await().atMost(SOON).until(() -> sink.records().contains("line x"));
            long arrived = sink.records().stream()
                    .skip(LINES)
                    .mapToLong(record -> record.length() + 1)
                    .sum();
            awaitLost(run, lines(1, 2_000).length() + "line x\n".length() - arrived);
        }
    }

    private static void awaitLost(Run run, long bytes) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(
                        () -> assertThat(run.processor.counters().ledger().lostBytes())
                                .isEqualTo(bytes));
    }

    @Test
    void moreFilesThanMayBeOpenAreFoundAgainByTheirInodes() throws IOException {
        try (Run run = during(Outage.NEVER_REACHED)) {
            int rotations = 3 * Run.MAX_OPEN_FILES;
            for (int rotation = 1; rotation <= rotations; rotation++) {
                Files.move(path("a.log"), path("a.log." + rotation));
                writeLines("a.log");
                awaitAdopted(run, rotation + 1);
                assertThat(openLogs()).isLessThanOrEqualTo(Run.MAX_OPEN_FILES + BEING_OPENED);
                Awaitility.await().atMost(SOON).until(() -> openLogs() <= Run.MAX_OPEN_FILES);
            }
            comesBack(run);
        }
    }

    @Test
    void whatWasRotatedInAnOutageIsFoundByTheNextRun() throws IOException {
        try (Run run = during(Outage.NEVER_REACHED)) {
            for (int rotation = 1; rotation <= ROTATIONS; rotation++) {
                Files.move(path("a.log"), path("a.log." + rotation));
                writeLines("a.log");
                awaitAdopted(run, rotation + 1);
            }
        }
        assertThat(once(EMIT)).isEqualTo(allLines());
    }

    @Test
    void aRotatedFileKeepsItsDescriptorBeforeOneThatIsAtItsName() throws IOException {
        List<String> wanted = new ArrayList<>();
        try (Run run = during(Outage.NEVER_REACHED)) {
            for (int i = 0; i < 2 * Run.MAX_OPEN_FILES; i++) {
                write("many-" + i + ".log", "line of " + i + "\n");
                wanted.add("line of " + i);
            }
            awaitAdopted(run, 2 * Run.MAX_OPEN_FILES + 1);
            String last = "many-" + (2 * Run.MAX_OPEN_FILES - 1) + ".log";
            Files.move(path(last), path(last + ".1"));
            Awaitility.await().atMost(SOON).until(() -> isOpen(last + ".1"));
            Files.delete(path(last + ".1"));
            wanted.addAll(allLines());
            sink.comeBack();
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(sink.records()).containsExactlyInAnyOrderElementsOf(wanted));
        }
    }

    @Test
    void whatHasNothingUnreadIsClosedInAnOutageAsAlways() throws IOException {
        FollowSettings impatient = new FollowSettings(
                Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofDays(7));
        sink = DistantSink.present();
        writeLines("a.log");
        try (Run run = new Run(EMIT, false, impatient, sink)) {
            Awaitility.await().atMost(SOON).until(() -> isDelivered(run));
            sink.leave(Manner.FAILING);
            awaitOpen(0);
        }
    }

    private boolean isDelivered(Run run) throws IOException {
        List<CheckpointEntry> entries = run.entries();
        return entries.size() == 1
                && entries.getFirst().position().offset() == content("a.log").length();
    }
}
