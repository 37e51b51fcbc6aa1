package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.NameChange;
import io.pickaroon.processor.follow.FollowedFile;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.track.FileTracker;
import io.pickaroon.processor.track.NameHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a directory scan finds, and who may look at that meanwhile. */
class FileTrackerTest {
    @TempDir
    Path directory;

    @Test
    void whatCannotBeSearchedForFilesIsAProblemOfTheInput() {
        Path unreadable = directory.resolve("secret");
        Discovery discovery = new Discovery() {
            @Override
            public Found find() {
                return new Found(List.of(), Set.of(directory), Map.of(unreadable, "no permission"));
            }

            @Override
            public boolean covers(Path file) {
                return false;
            }
        };
        InputScanners input = RunOfNothing.input(discovery);
        RunResources parts = RunOfNothing.parts(input);
        FileTracker<FollowedFile> tracker = tracker(input, parts);
        tracker.scan(true, SinkPositions.UNKNOWN).block();
        tracker.scan(false, SinkPositions.UNKNOWN).block();
        assertThat(parts.counters().problems()).containsExactly(new Ledger.FileProblem(unreadable, "no permission"));
    }

    @Test
    void aScanDoesNotDisturbWhoeverGoesThroughTheFilesThatAreKnown() throws IOException {
        List<Path> paths = List.of(directory.resolve("a.log"), directory.resolve("b.log"), directory.resolve("c.log"));
        FileTracker<FollowedFile> tracker = tracker(RunOfNothing.input(Discovery.of(paths)), RunOfNothing.parts());
        Files.createFile(paths.get(0));
        Files.createFile(paths.get(1));
        tracker.scan(true, SinkPositions.UNKNOWN).block();
        Iterator<FollowedFile> files = tracker.files().iterator();
        files.next();
        Files.createFile(paths.get(2));
        tracker.scan(false, SinkPositions.UNKNOWN).block();
        assertThat(files.next().place().home()).isEqualTo(paths.get(1));
        assertThat(files.hasNext()).isFalse();
        assertThat(tracker.files()).hasSize(3);
    }

    @Test
    void eachFileThatVanishesBeforeItIsOpenedIsAProblemOfItsOwn() {
        Path log = directory.resolve("a.log");
        InputScanners input = RunOfNothing.input(Discovery.of(List.of(log)));
        RunResources parts = RunOfNothing.parts(input);
        NameHistory names = new NameHistory(log::equals);
        FileTracker<FollowedFile> tracker = new FileTracker<>(
                List.of(input),
                parts,
                (scanners, home, sighting) -> new FollowedFile(scanners, home, sighting, parts),
                () -> names);
        for (int scan = 1; scan <= 3; scan++) {
            for (int file = 1; file <= 7; file++) {
                names.add(new NameChange.Created(log));
                names.add(new NameChange.Removed(log));
            }
            tracker.scan(scan == 1, SinkPositions.UNKNOWN).block();
            assertThat(parts.counters().inputs().getFirst().problems()).isEqualTo(7L * scan);
        }
        assertThat(parts.counters().problems())
                .hasSize(21)
                .doesNotHaveDuplicates()
                .allMatch(problem -> problem.path().equals(log))
                .last()
                .asString()
                .contains("it is number 21 of such files");
    }

    private static FileTracker<FollowedFile> tracker(InputScanners input, RunResources parts) {
        return new FileTracker<>(
                List.of(input),
                parts,
                (scanners, home, sighting) -> new FollowedFile(scanners, home, sighting, parts),
                () -> new NameHistory(_ -> false));
    }
}
