package io.pickaroon.processor.fix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The content of a journal, read without a lock, so also while a run is writing it.
 *
 * @param path the journal
 * @param checkpointSequence sequence of the checkpoint before the group of windows that it holds; -1 if it holds none
 * @param records records that the group changes
 * @param files where the files of these records were
 */
public record JournalInspection(Path path, long checkpointSequence, long records, List<Path> files) {
    public JournalInspection {
        files = List.copyOf(files);
    }

    /**
     * Records whose changes a start would finish. While a run is using the journal, it is in the middle of them.
     *
     * @param currentSequence sequence of the checkpoint that counts now
     */
    public long recordsToFinish(long currentSequence) {
        return JournalCodec.isFinished(checkpointSequence, currentSequence) ? 0 : records;
    }

    /** Empty if there is no such file. */
    static Optional<JournalInspection> of(Path path) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        return Optional.of(JournalCodec.decode(path, ByteBuffer.wrap(bytes))
                .map(group -> new JournalInspection(
                        path,
                        group.checkpointSequence(),
                        group.entries().stream()
                                .mapToLong(entry -> entry.records().size())
                                .sum(),
                        group.entries().stream().map(RedoEntry::path).distinct().toList()))
                .orElse(new JournalInspection(path, -1, 0, List.of())));
    }
}
