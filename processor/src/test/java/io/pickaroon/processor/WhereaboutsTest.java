package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.commit.DestinationPositions;
import io.pickaroon.processor.follow.LiveFile;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.read.RunParts;
import io.pickaroon.processor.track.Whereabouts;
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
class WhereaboutsTest {
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
        RunParts parts = RunOfNothing.parts(input);
        Whereabouts<LiveFile> whereabouts = whereabouts(input, parts);
        whereabouts.look(true, DestinationPositions.UNKNOWN).block();
        whereabouts.look(false, DestinationPositions.UNKNOWN).block();
        assertThat(parts.counters().problems()).containsExactly(new Ledger.FileProblem(unreadable, "no permission"));
    }

    @Test
    void aScanDoesNotDisturbWhoeverGoesThroughTheFilesThatAreKnown() throws IOException {
        List<Path> paths = List.of(directory.resolve("a.log"), directory.resolve("b.log"), directory.resolve("c.log"));
        Whereabouts<LiveFile> whereabouts = whereabouts(RunOfNothing.input(Discovery.of(paths)), RunOfNothing.parts());
        Files.createFile(paths.get(0));
        Files.createFile(paths.get(1));
        whereabouts.look(true, DestinationPositions.UNKNOWN).block();
        Iterator<LiveFile> files = whereabouts.files().iterator();
        files.next();
        Files.createFile(paths.get(2));
        whereabouts.look(false, DestinationPositions.UNKNOWN).block();
        assertThat(files.next().place().home()).isEqualTo(paths.get(1));
        assertThat(files.hasNext()).isFalse();
        assertThat(whereabouts.files()).hasSize(3);
    }

    private static Whereabouts<LiveFile> whereabouts(InputScanners input, RunParts parts) {
        return new Whereabouts<>(
                List.of(input), parts, (scanners, home, sighting) -> new LiveFile(scanners, home, sighting, parts));
    }
}
