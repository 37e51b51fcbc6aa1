package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.metrics.Ledger.FileProblem;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Files that a run knew, and that are gone when the next one begins: what was not delivered of them is counted, once. */
class GoneBetweenRunsTest extends FollowedFiles {
    private static final String ALL = "line\n".repeat(40_000);

    private Path checkpoint() {
        return state.resolve("checkpoint");
    }

    private static Run runTo(FollowedFiles files, DistantSink sink) throws IOException {
        return files.new Run(EMIT, false, FAST, sink);
    }

    /** What the next run counts, when it has scanned directories in a session of its destination. */
    private long lostInNextRun(ScriptedSink sink) throws IOException {
        return nextRun(sink).lostBytes();
    }

    private Ledger nextRun(ScriptedSink sink) throws IOException {
        Run run = new Run(EMIT, false, FAST, sink);
        try (run) {
            for (String name : new String[] {"first.log", "second.log"}) {
                write(name, "line of " + name + "\n");
                Awaitility.await().atMost(SOON).until(() -> run.records().contains("line of " + name));
            }
        }
        Files.delete(path("first.log"));
        Files.delete(path("second.log"));
        return run.processor.counters().ledger();
    }

    private long lostInNextRun() throws IOException {
        return lostInNextRun(new ScriptedSink(1, 1));
    }

    private CheckpointEntry entry(Run run) {
        return run.entries().getFirst();
    }

    @Test
    void whatOnlyAKilledRunHadOpenIsCountedByTheNextOneWithWhatWasSeenLast() throws IOException {
        write("a.log", "line 1\n");
        byte[] whenKilled;
        try (Run killed = runTo(this, DistantSink.away())) {
            killed.awaitKnown("a.log");
            append("a.log", "line 2\n");
            Awaitility.await().atMost(SOON).until(() -> isOpen("a.log"));
            Files.delete(path("a.log"));
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> entry(killed).goneSince().isPresent()
                            && entry(killed).content().sizeBytes() == 14);
            whenKilled = Files.readAllBytes(checkpoint());
        }
        Files.write(checkpoint(), whenKilled);
        Ledger next = nextRun(new ScriptedSink(1, 1));
        assertThat(next.lostBytes()).isEqualTo(14);
        assertThat(next.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith(path("a.log")
                                + " was deleted, or moved where it is not found, and no process has it"
                                + " open any more; what an earlier run has counted of it as lost is counted again"));
        assertThat(lostInNextRun()).isZero();
    }

    @Test
    void whatAStopCountsOfADeletedFileTheNextRunDoesNotCountAgain() throws IOException {
        write("a.log", "line 1\n");
        Run stopped = runTo(this, DistantSink.away());
        try (stopped) {
            stopped.awaitKnown("a.log");
            Awaitility.await().atMost(SOON).until(() -> isOpen("a.log"));
            Files.delete(path("a.log"));
        }
        assertThat(stopped.processor.counters().ledger().lostBytes()).isEqualTo(7);
        assertThat(lostInNextRun()).isZero();
    }

    @Test
    void aFileThatIsGoneIsNotLostWhenAllIsToBeReadAgain() throws IOException {
        write("a.log", "line 1\n");
        try (Run run = new Run(EMIT, false)) {
            run.await("line 1");
            Files.delete(path("a.log"));
            Awaitility.await().atMost(SOON).until(() -> entry(run).goneSince().isPresent());
        }
        try (Recovery recovery = Recovery.of(checkpoint())) {
            recovery.checkpoint().progress().resetAll();
            recovery.checkpoint().commit();
        }
        assertThat(lostInNextRun()).isZero();
    }

    /** Returns how much of a file is delivered that was deleted after a run had read a part of it. */
    private long deliveredOfDeleted() throws IOException {
        write("a.log", ALL);
        Run run = new Run(EMIT, false, FAST, new ScriptedSink(1, 1).slow(Duration.ofMillis(50)));
        try (run) {
            run.awaitKnown("a.log");
            Awaitility.await().atMost(SOON).until(() -> entry(run).position().offset() > 0);
        }
        Files.delete(path("a.log"));
        long delivered = entry(run).position().offset();
        assertThat(delivered).isLessThan(ALL.length());
        return delivered;
    }

    @Test
    void whatIsDeletedWhileNoRunIsThereIsCountedByTheSizeThatWasSeenLast() throws IOException {
        long delivered = deliveredOfDeleted();
        assertThat(lostInNextRun()).isEqualTo(ALL.length() - delivered);
        assertThat(lostInNextRun()).isZero();
    }

    @Test
    void whatTheDestinationKnowsIsNotLost() throws IOException {
        deliveredOfDeleted();
        DeliveredPosition all = new DeliveredPosition(new Position(ALL.length(), true), Set.of(), 0);
        try (Run run = new Run(EMIT, false, FAST, new ScriptedSink(1, 1).knowing(all))) {
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> entry(run).content().sizeBytes()
                            == entry(run).position().offset());
            assertThat(run.processor.counters().ledger().lostBytes()).isZero();
        }
        assertThat(lostInNextRun()).isZero();
    }

    @Test
    void whatIsOnlyRenamedIsReadAndNotLost() throws IOException {
        write("a.log", ALL);
        Run run = new Run(EMIT, false, FAST, new ScriptedSink(1, 1).slow(Duration.ofMillis(50)));
        try (run) {
            run.awaitKnown("a.log");
            Awaitility.await().atMost(SOON).until(() -> entry(run).position().offset() > 0);
        }
        Files.move(path("a.log"), path("a.log.1"));
        assertThat(lostInNextRun()).isZero();
    }

    /** Reads a file to its end in a run of its own. */
    private void readToItsEnd(String name, String content) throws IOException {
        write(name, content);
        try (Run run = new Run(EMIT, false)) {
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> run.entries().stream()
                            .anyMatch(entry -> entry.path().equals(path(name))
                                    && entry.position().offset() == content.length()));
        }
    }

    /** As a rotation does: an archive, written in that second of the day, takes the place of the file. */
    private void compress(String name, String archive, int second) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path(archive)))) {
            Files.copy(path(name), out);
        }
        Files.setLastModifiedTime(path(archive), FileTime.fromMillis(1_000L * second));
        Files.delete(path(name));
    }

    @Test
    void whatWasCompressedUnreadIsCountedAndSaidOnce() throws IOException {
        readToItsEnd("a.log", lines(1, 500));
        append("a.log", lines(501, 600));
        compress("a.log", "a.log.2.gz", 2);
        // What no run has seen at all.
        write("b", lines(601, 700));
        compress("b", "a.log.1.gz", 3);

        ScriptedSink sink = new ScriptedSink(1, 1);
        Run run = new Run(EMIT, false, FAST, sink);
        try (run) {
            write("a.log", "line 701\n");
            Awaitility.await().atMost(SOON).until(() -> run.records().contains("line 701"));
            write("c.log", "line of c\n");
            Awaitility.await().atMost(SOON).until(() -> run.records().contains("line of c"));
        }
        assertThat(run.processor.counters().ledger().lostBytes())
                .isEqualTo(lines(501, 700).length());
        assertThat(run.processor.counters().ledger().problems())
                .singleElement()
                .extracting(FileProblem::message, Assertions.as(InstanceOfAssertFactories.STRING))
                .contains(
                        path("a.log") + " was compressed while no run had it open",
                        "from byte " + lines(1, 500).length() + " on is in " + path("a.log.2.gz")
                                + ", and what followed in archives made after it (1)");
        assertThat(lostInNextRun()).isZero();
    }

    @Test
    void whatWasReadToItsEndAndThenCompressedIsNotLost() throws IOException {
        readToItsEnd("a.log", lines(1, 500));
        compress("a.log", "a.log.1.gz", 1);
        readToItsEnd("a.log", lines(501, 1000));
        Files.move(path("a.log"), path("a.log.1"));
        compress("a.log.1", "a.log.1.gz", 3);
        assertThat(lostInNextRun()).isZero();
    }

    @Test
    void anArchiveOfAnotherFileIsNoReason() throws IOException {
        readToItsEnd("a.log", lines(1, 500));
        Files.delete(path("a.log"));
        write("b", lines(1500, 2500));
        compress("b", "a.log.1.gz", 1);
        assertThat(lostInNextRun()).isZero();
    }

    private static final List<Rule> HIDE = List.of(new Rule(
            "hide",
            new Pattern.Literal("secret", false),
            true,
            Optional.of(new Fix(new Fix.Replace("hidden"), "", 0))));

    @Test
    void whatWasDeliveredAndNeverFixedIsSaidOnce() throws IOException {
        write("a.log", "a secret\n");
        try (Run run = new Run(HIDE, false, FAST, DistantSink.away())) {
            run.awaitKnown("a.log");
        }
        Files.delete(path("a.log"));
        DeliveredPosition all = new DeliveredPosition(new Position(9, true), Set.of(), 0);
        for (int start = 0; start < 2; start++) {
            Run run = new Run(HIDE, false, FAST, new ScriptedSink(1, 1).knowing(all));
            try (run) {
                Awaitility.await()
                        .atMost(SOON)
                        .until(() -> entry(run).goneSince().isPresent()
                                && entry(run).content().sizeBytes()
                                        == entry(run).position().offset());
            }
            assertThat(run.processor.counters().ledger().lostBytes()).isZero();
            assertThat(run.processor.counters().ledger().problems().stream().map(FileProblem::message))
                    .isEqualTo(
                            start > 0
                                    ? List.of()
                                    : List.of(path("a.log")
                                            + " is gone before its fixes between the bytes 0 and 9 were made;"
                                            + " a copy of it may have what they were to hide"));
        }
    }

    @Test
    void aFixInAFileThatIsDeletedByThenIsCountedAsSuch() throws IOException {
        write("a.log", "a secret\n");
        DistantSink sink = DistantSink.away();
        try (Run run = new Run(HIDE, false, FAST, sink)) {
            run.awaitKnown("a.log");
            Awaitility.await().atMost(SOON).until(() -> isOpen("a.log"));
            write("b.log", "another secret\n");
            run.awaitKnown("b.log");
            Files.delete(path("a.log"));
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> run.entries().stream()
                            .anyMatch(entry -> entry.goneSince().isPresent()));
            sink.comeBack();
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(content("b.log")).isEqualTo("another hidden\n"));
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> run.processor.counters().ledger().fixes().edits() == 2);
            assertThat(run.processor.counters().inputs().getFirst().fixesOfDeleted())
                    .isEqualTo(1);
        }
    }

    @Test
    void whatIsSaidOfADeletedFileNamesItByItsLastName() throws IOException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger("io.pickaroon.processor");
        logger.addAppender(log);
        DistantSink sink = DistantSink.away();
        write("a.log", "a secret\n");
        try (Run run = new Run(HIDE, false, FAST, sink)) {
            run.awaitKnown("a.log");
            Awaitility.await().atMost(SOON).until(() -> isOpen("a.log"));
            Files.move(path("a.log"), path("a.log.1"));
            write("a.log", "a new file\n");
            awaitMessage(log, path("a.log") + " was rotated to " + path("a.log.1"));
            Files.delete(path("a.log.1"));
            awaitMessage(log, path("a.log.1") + " (at first " + path("a.log") + ", ");
            sink.comeBack();
            awaitMessage(log, " was deleted before all fixes in it were made");
        } finally {
            logger.detachAppender(log);
        }
        assertThat(events(log))
                .filteredOn(event -> event.getFormattedMessage().contains("was deleted before all fixes"))
                .singleElement()
                .matches(event ->
                        event.getFormattedMessage().startsWith(path("a.log.1") + " (at first " + path("a.log")));
    }

    private static List<ILoggingEvent> events(ListAppender<ILoggingEvent> log) {
        // It is its own lock where it appends.
        synchronized (log) {
            return List.copyOf(log.list);
        }
    }

    private static void awaitMessage(ListAppender<ILoggingEvent> log, String text) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> events(log).stream()
                        .anyMatch(event -> event.getFormattedMessage().contains(text)));
    }
}
