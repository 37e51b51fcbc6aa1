package io.pickaroon.processor.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of a trail as they are at one moment, though a writer may rotate it meanwhile.
 *
 * @param rotated those to which it was rotated, in the order of the chain
 * @param last the one that is written; empty between the two steps of a rotation
 */
record OpenTrail(List<Path> rotated, Optional<TrailFile> last) implements AutoCloseable {
    /** @throws NoSuchFileException if there is no file of it */
    static OpenTrail of(Path file) throws IOException {
        ChannelTrailStore store = new ChannelTrailStore();
        while (true) {
            Optional<TrailFile> last = open(file);
            try {
                List<Path> rotated = store.rotated(file);
                if (last.isEmpty() && rotated.isEmpty()) {
                    throw new NoSuchFileException(file.toString());
                }
                // Else it was rotated in between, and is among those.
                if (last.isEmpty() ? Files.notExists(file) : last.get().hasItsName()) {
                    return new OpenTrail(rotated, last);
                }
            } catch (IOException | RuntimeException e) {
                close(last);
                throw e;
            }
            close(last);
        }
    }

    private static Optional<TrailFile> open(Path file) throws IOException {
        try {
            return Optional.of(ChannelTrailStore.openForReading(file));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private static void close(Optional<TrailFile> file) throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }

    /** Bytes of all of its files. */
    long sizeBytes() throws IOException {
        long sum = last.isPresent() ? last.get().sizeBytes() : 0;
        for (Path file : rotated) {
            sum += Files.size(file);
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        close(last);
    }
}
