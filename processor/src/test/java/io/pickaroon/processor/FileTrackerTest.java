package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.follow.FollowedFile;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.track.FileTracker;
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

    private static FileTracker<FollowedFile> tracker(InputScanners input, RunResources parts) {
        return new FileTracker<>(
                List.of(input), parts, (scanners, home, sighting) -> new FollowedFile(scanners, home, sighting, parts));
    }
}
