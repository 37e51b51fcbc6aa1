package io.pickaroon.inputs.discovery;

import io.pickaroon.processor.directio.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files that a run writes to, so that it does not read them under any name: known by device and inode. A file that was
 * an output and was rotated stays one for the life of this object. Thread-safe.
 */
final class OutputFiles {
    private final List<Path> paths;
    private final Map<Object, Output> byFileKey = new HashMap<>();

    private record Output(Path path, long birthTimeNanos) {}

    OutputFiles(List<Path> paths) {
        this.paths = List.copyOf(paths);
    }

    /** Looks at what the paths lead to now. */
    synchronized void look() {
        for (Path path : paths) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                if (attributes.isRegularFile()) {
                    byFileKey.put(
                            attributes.fileKey(),
                            new Output(path, FileStatus.of(path).birthTimeNanos()));
                }
            } catch (IOException _) {
                // it is not there yet, or not any more
            }
        }
    }

    /** The output that a file is; empty if it is none, also where it has the inode of one that is gone. */
    synchronized Optional<Path> outputAt(Path file, Object fileKey) {
        Output output = byFileKey.get(fileKey);
        if (output == null) {
            return Optional.empty();
        }
        try {
            return FileStatus.of(file).birthTimeNanos() == output.birthTimeNanos
                    ? Optional.of(output.path)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
