package io.pickaroon.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FixPermission;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.host.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state of a dry run is where that of a run would be, and nothing of it reaches the disk. */
class DryRunStateTest {
    @TempDir
    private Path directory;

    private Path checkpoint;
    private Path log;

    @BeforeEach
    void write() throws IOException {
        checkpoint = directory.resolve("state/checkpoint");
        log = Files.writeString(directory.resolve("log"), "ERROR one\n");
    }

    @Test
    void whereThereIsNoCheckpointNoneIsMade() throws IOException {
        try (RunState dry = RunState.dry(checkpoint)) {
            dry.readFromBeginning();
            dry.removeIfNew();
            assertThat(dry.positions()).isEmpty();
        }
        assertThat(checkpoint.getParent()).doesNotExist();
    }

    @Test
    void itIsWhereTheCheckpointIsAlsoWhileARunHasThat() throws IOException {
        FileIdentity identity;
        try (LogFile file = LogFile.open(log);
                CheckpointFile kept = CheckpointFile.open(checkpoint)) {
            identity = file.identity();
            kept.progress().begin(file, new Position(10, true), 0);
            kept.commit();
            byte[] before = Files.readAllBytes(checkpoint);

            try (RunState dry = RunState.dry(checkpoint)) {
                assertThat(dry.positions()).isEqualTo(Map.of(identity, new Position(10, true)));
                dry.readFromBeginning();
                assertThat(dry.positions()).isEqualTo(Map.of(identity, Position.START));
            }

            assertThat(checkpoint).hasBinaryContent(before);
        }
        assertThat(checkpoint.resolveSibling("checkpoint.journal")).doesNotExist();
    }

    @Test
    void itsMachineRefusesWhatTheRealOneDoesAndWritesNothing() throws IOException {
        FixPermission nothing = (_, _, _, _) -> {
            throw new IOException("not this one");
        };
        assertThatIOException()
                .isThrownBy(() -> Machine.withoutWrites(nothing).open(log, true))
                .withMessage("not this one");

        try (LogFile file = Machine.withoutWrites(FixPermission.EVERY_FILE).open(log, true)) {
            file.write(0, "FIXED".getBytes(UTF_8), 0, 5);
            file.sync();
        }

        assertThat(log).hasContent("ERROR one\n");
    }
}
