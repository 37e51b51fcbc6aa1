package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.audit.Trails;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.directio.BlockFile.NoRoomException;
import io.pickaroon.processor.fix.RedoJournal;
import io.pickaroon.processor.rule.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The disk of the checkpoint is full when it, or the journal, has to grow. */
class FullStateTest extends FollowedFiles {
    /** More than a checkpoint has room for when it is made. */
    private static final int FILES = 1_500;
    /** More than a journal has room for when it is made. */
    private static final int FIXES = 20_000;

    private final FullDisk disk = new FullDisk();

    @Override
    Recovery openState() throws IOException {
        Path checkpoint = state.resolve("checkpoint");
        return Recovery.of(
                CheckpointFile.openUnlocked(checkpoint, disk, Clock.systemUTC()),
                RedoJournal.beside(checkpoint, disk),
                (_, _) -> Optional.empty(),
                Trails.UNTOUCHED);
    }

    private void writeFiles() throws IOException {
        for (int file = 1; file <= FILES; file++) {
            write(file + ".log", "line " + file + "\n");
        }
    }

    private static Optional<String> reason(Run run) {
        return run.processor.counters().commits().waitsForRoom();
    }

    private static void awaitWaiting(Run run) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(reason(run))
                        .hasValueSatisfying(why -> assertThat(why).contains("no space left on device")));
    }

    private static void awaitDurable(Run run, int files) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> run.entries().stream()
                                .filter(entry -> entry.position().offset() > 0)
                                .count()
                        == files);
        assertThat(reason(run)).isEmpty();
    }

    @Test
    void aCheckpointThatCannotGrowWaitsForRoomAndNothingComesTwice() throws IOException {
        try (Run run = new Run(EMIT, false)) {
            disk.isFull = true;
            writeFiles();
            awaitWaiting(run);
            disk.isFull = false;
            awaitDurable(run, FILES);
            assertThat(run.records()).hasSize(FILES).doesNotHaveDuplicates();
        }
        try (Run next = new Run(EMIT, false)) {
            append("1.log", "line 0\n");
            next.await("line 0");
        }
    }

    @Test
    void aJournalThatCannotGrowWaitsForRoomAndThenAllIsFixed() throws IOException {
        Rule fix = FixRuns.replace("line", "LINE");
        try (Run run = new Run(List.of(fix), false)) {
            disk.isFull = true;
            write("a.log", lines(1, FIXES));
            awaitWaiting(run);
            assertThat(content("a.log")).contains("line " + FIXES);
            disk.isFull = false;
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(content("a.log"))
                            .isEqualTo(lines(1, FIXES).replace("line", "LINE")));
        }
    }

    @Test
    void whereItIsStoppedMeanwhileItEndsWithTheReasonAndTheCheckpointStands() throws IOException {
        write("before.log", "line 0\n");
        Run run = new Run(EMIT, false);
        run.await("line 0");
        awaitDurable(run, 1);
        disk.isFull = true;
        writeFiles();
        awaitWaiting(run);
        assertThatThrownBy(run::close).hasStackTraceContaining(NoRoomException.class.getName());

        disk.isFull = false;
        try (Run next = new Run(EMIT, false)) {
            awaitDurable(next, FILES + 1);
            assertThat(next.records()).doesNotContain("line 0");
            assertThat(Files.exists(path("before.log"))).isTrue();
        }
    }

    @Test
    void whereItMayWaitOnlySoLongItEndsByItselfAndTheNextRunGoesOn() throws IOException {
        Run run = new Run(EMIT, false);
        run.processor.giveUpWithoutRoomAfter(Duration.ofMillis(1));
        disk.isFull = true;
        writeFiles();
        run.awaitEnd();
        assertThatThrownBy(run::close).hasStackTraceContaining(NoRoomException.class.getName());

        disk.isFull = false;
        try (Run next = new Run(EMIT, false)) {
            awaitDurable(next, FILES);
        }
    }
}
