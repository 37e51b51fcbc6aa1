package io.pickaroon.processor.file;

import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.directio.SystemCallException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
            throw new FileSystemException(NativePath.printable(path), null, "not a regular file");
        }
        return Optional.of(new FileSighting(path, FileIdentity.of(status), status.sizeBytes()));
    }

    /** Like the other method. */
    public static List<FileSighting> in(Path directory) throws IOException {
        List<FileSighting> found = new ArrayList<>();
        in(directory, found::add);
        return found;
    }

    /**
     * Passes on the regular files in a directory; none if there is no such directory. What leads elsewhere, where this process
     * may not search, is passed over.
     *
     * @throws IOException after all that could be found, if the directory or a part of it could not be searched: there may be
     *     other files
     */
    public static void in(Path directory, Consumer<FileSighting> found) throws IOException {
        IOException unsearched = null;
        try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
            boolean isSearchable = Files.isExecutable(directory);
            for (Path name : names) {
                try {
                    at(name).ifPresent(found);
                } catch (SystemCallException e) {
                    unsearched = e.isOfMachine() || !isSearchable ? e : unsearched;
                } catch (FileSystemException noRegularFile) {
                    continue;
                }
            }
        } catch (NoSuchFileException | NotDirectoryException noDirectory) {
            return;
        } catch (AccessDeniedException e) {
            throw new FileSystemException(
                    NativePath.printable(directory), null, "no permission to read this directory");
        } catch (FileSystemException e) {
            throw new FileSystemException(NativePath.printable(directory), null, e.getReason());
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (unsearched != null) {
            throw unsearched;
        }
    }
}
