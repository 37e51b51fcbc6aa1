package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

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
        Run run = new Run(EMIT, false, FAST, sink);
        try (run) {
            for (String name : new String[] {"first.log", "second.log"}) {
                write(name, "line of " + name + "\n");
                Awaitility.await().atMost(SOON).until(() -> run.records().contains("line of " + name));
            }
        }
        Files.delete(path("first.log"));
        Files.delete(path("second.log"));
        return run.processor.counters().ledger().lostBytes();
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
        assertThat(lostInNextRun()).isEqualTo(14);
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
}
