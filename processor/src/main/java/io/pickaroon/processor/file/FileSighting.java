package io.pickaroon.processor.file;

import io.pickaroon.processor.directio.FileStatus;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A regular file, as it was found under a path at one moment without opening it.
 *
 * @param path the path that led to it, through symbolic links
 * @param identity as it is first seen: the generation cannot be seen from outside
 */
public record FileSighting(Path path, FileIdentity identity, long sizeBytes) {
    /**
     * Reads the status of the file that a path leads to.
     *
     * @return empty if there is nothing
     * @throws IOException if its status cannot be read, or it is no regular file
     */
    public static Optional<FileSighting> at(Path path) throws IOException {
        FileStatus status;
        try {
            status = FileStatus.of(path);
        } catch (NoSuchFileException nothing) {
            return Optional.empty();
        }
        if (!status.isRegularFile()) {
            throw new FileSystemException(path.toString(), null, "not a regular file");
        }
        return Optional.of(new FileSighting(path, FileIdentity.of(status), status.sizeBytes()));
    }

    /* Written out, like hashCode: what a record has by itself is made anew by the JVM in every process. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FileSighting sighting
                && sizeBytes == sighting.sizeBytes
                && identity.equals(sighting.identity)
                && path.equals(sighting.path);
    }

    @Override
    public int hashCode() {
        return 31 * identity.hashCode() + path.hashCode();
    }

    /** The regular files in a directory whose status can be read; none if there is no such directory. */
    public static List<FileSighting> in(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<FileSighting> found = new ArrayList<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
            for (Path name : names) {
                try {
                    at(name).ifPresent(found::add);
                } catch (IOException notForUs) {
                    continue;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }
}
