package io.pickaroon.processor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run whose power fails in each of its changes to the disk in turn, torn in many ways, and that is then resumed. */
class CheckpointCrashTest {
    private static final Path PATH = Path.of("/var/lib/pickaroon/checkpoint");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final FileIdentity SHOP = new FileIdentity(1, 1, 1);
    private static final int COMMITS = 12;

    /** Commits that make the entries outgrow the slots: the file is replaced in them. */
    private static final Map<Integer, Integer> FILES_FROM_COMMIT = Map.of(3, 2_000, 8, 9_000);

    private static final int SEEDS = 30;

    @Test
    void holdsTheLastCommitOrTheOneBeingMadeWhereverThePowerFails() throws IOException {
        int changes = 0;
        boolean completed = false;
        while (!completed) {
            for (int seed = 0; seed < SEEDS && !completed; seed++) {
                completed = runUntilCrash(changes, seed);
            }
            changes++;
        }
        int newFiles = 1 + FILES_FROM_COMMIT.size();
        assertThat(changes - 1)
                .as("changes in a whole run: one a commit, five a new file")
                .isEqualTo(COMMITS - FILES_FROM_COMMIT.size() + 5 * newFiles);
    }

    @Test
    void survivesCrashAfterCrash() throws IOException {
        CrashingBlockStore store = new CrashingBlockStore();
        long known = -1;
        for (int seed = 0; seed < 2_000; seed++) {
            store.crashAfter(seed % 7, seed);
            long attempted = known;
            try {
                CheckpointFile file = CheckpointFile.openUnlocked(PATH, store, CLOCK);
                known = file.current().sequence();
                while (true) {
                    attempted = known + 1;
                    file.progress().advance(SHOP, entry(attempted));
                    known = file.commit().sequence();
                }
            } catch (IOException e) {
                assertThat(store.crashed()).as("seed %d: %s", seed, e).isTrue();
            }
            store.restart();
            CheckpointFile reopened = CheckpointFile.openUnlocked(PATH, store, CLOCK);
            assertThat(reopened.current().sequence()).as("seed %d", seed).isBetween(known, Math.max(attempted, 0));
            known = reopened.current().sequence();
        }
        assertThat(known).isGreaterThan(1_000);
    }

    @Test
    void goesOnWhenTheFileWasMovedToADeviceWithLargerBlocks() throws IOException {
        int changes = 0;
        for (boolean completed = false; !completed; changes++) {
            CrashingBlockStore store = new CrashingBlockStore();
            CheckpointFile file = CheckpointFile.openUnlocked(PATH, store, CLOCK);
            file.progress().advance(SHOP, entry(1));
            file.commit();

            store.moveToBlocksOf(128 * 1024);
            store.crashAfter(changes, changes);
            try {
                CheckpointFile.openUnlocked(PATH, store, CLOCK);
                completed = true;
            } catch (IOException e) {
                assertThat(store.crashed()).as(e.toString()).isTrue();
            }
            store.restart();

            CheckpointFile moved = CheckpointFile.openUnlocked(PATH, store, CLOCK);
            assertThat(moved.current().entries()).containsEntry(SHOP, entry(1));
            moved.progress().advance(SHOP, entry(2));
            moved.commit();
            assertThat(CheckpointFile.openUnlocked(PATH, store, CLOCK).current().entries())
                    .containsEntry(SHOP, entry(2));
        }
        assertThat(changes).as("the file was replaced, in five changes").isEqualTo(5 + 1);
    }

    /** True if the run ended before that many changes. */
    private static boolean runUntilCrash(int changesBeforeCrash, int seed) throws IOException {
        CrashingBlockStore store = new CrashingBlockStore();
        store.crashAfter(changesBeforeCrash, seed);
        Checkpoint durable = null;
        long attempted = 0;
        try {
            CheckpointFile file = CheckpointFile.openUnlocked(PATH, store, CLOCK);
            durable = file.current();
            for (int commit = 1; commit <= COMMITS; commit++) {
                attempted = commit;
                file.progress().advance(SHOP, entry(commit));
                for (int i = 0; i < FILES_FROM_COMMIT.getOrDefault(commit, 0); i++) {
                    file.progress().advance(new FileIdentity(2, i, 0), entry(commit));
                }
                durable = file.commit();
            }
            return true;
        } catch (IOException e) {
            assertThat(store.crashed()).as(e.toString()).isTrue();
        }
        store.restart();
        CheckpointFile reopened = CheckpointFile.openUnlocked(PATH, store, CLOCK);
        String where = "crash in change %d, seed %d".formatted(changesBeforeCrash, seed);
        if (durable != null && reopened.current().sequence() == durable.sequence()) {
            assertThat(reopened.current()).as(where).isEqualTo(durable);
        } else {
            assertThat(reopened.current().sequence()).as(where).isEqualTo(attempted);
        }
        reopened.progress().advance(SHOP, entry(1_000));
        reopened.commit();
        assertThat(CheckpointFile.openUnlocked(PATH, store, CLOCK)
                        .current()
                        .entries()
                        .get(SHOP))
                .as(where)
                .isEqualTo(entry(1_000));
        return false;
    }

    private static CheckpointEntry entry(long offset) {
        return new CheckpointEntry(Path.of("/var/log/shop.log"), new Position(offset, true), offset);
    }
}
