package io.pickaroon.app.inspect;

import io.pickaroon.processor.checkpoint.Checkpoint;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.fix.JournalInspection;
import io.pickaroon.processor.fix.RedoJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a checkpoint and the journal beside it say. Reads both as they are on disk, takes no lock and changes nothing. */
public final class CheckpointAtRest {
    private CheckpointAtRest() {}

    /** The name under which the checkpoint keeps positions. Empty if there is no checkpoint or it never held a name. */
    public static Optional<String> heldName(Path checkpoint) throws IOException {
        try {
            return CheckpointFile.inspect(checkpoint)
                    .checkpoint()
                    .flatMap(read -> read.sections().instance())
                    .filter(instance -> instance.standing() == Standing.HELD)
                    .map(Instance::name);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** The files that the checkpoint knows, with their names. Empty if there is none, or it cannot be read. */
    public static Map<FileIdentity, Path> files(Path checkpoint) {
        try {
            return CheckpointFile.inspect(checkpoint)
                    .checkpoint()
                    .map(read -> read.entries().entrySet().stream()
                            .collect(Collectors.toUnmodifiableMap(
                                    Map.Entry::getKey, entry -> entry.getValue().path())))
                    .orElse(Map.of());
        } catch (IOException _) {
            return Map.of();
        }
    }

    /** Records in the journal whose changes an interrupted fix may have left incomplete. */
    public static long recordsToFinish(Path checkpoint) throws IOException {
        Optional<JournalInspection> journal = RedoJournal.inspect(checkpoint);
        if (journal.isEmpty()) {
            return 0;
        }
        long sequence = 0;
        if (Files.exists(checkpoint)) {
            sequence = CheckpointFile.inspect(checkpoint)
                    .checkpoint()
                    .map(Checkpoint::sequence)
                    .orElse(0L);
        }
        return journal.get().recordsToFinish(sequence);
    }
}
