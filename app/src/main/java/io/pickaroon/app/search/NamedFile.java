package io.pickaroon.app.search;

import io.pickaroon.app.error.UserError;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * What is known of files that are named on the command line before they are opened: their sizes, and what keeps them from
 * being read, because the messages are clearer here.
 */
public final class NamedFile {
    private NamedFile() {}

    /**
     * Checks that the file can be read.
     *
     * @throws UserError if it cannot be read
     */
    public static void requireReadable(Path file) {
        if (Files.isDirectory(file)) {
            throw new UserError(NativePath.printable(file) + ": is a directory; name the files in it, for example "
                    + NativePath.printable(file) + "/*.log");
        }
        if (!Files.exists(file)) {
            throw new UserError(NativePath.printable(file) + ": no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new UserError(NativePath.printable(file)
                    + ": is not a regular file; pipes and devices cannot be mapped: write the content to a file first");
        }
        if (!Files.isReadable(file)) {
            throw new UserError(NativePath.printable(file) + ": permission denied; give this user access to it");
        }
    }

    /** Size of all files together. One that is missing, or whose size this user may not ask for, counts nothing. */
    public static long totalBytes(Collection<Path> files) {
        return files.stream().mapToLong(NamedFile::bytes).sum();
    }

    /** {@code File.length()} does not find a name that is no UTF-8. */
    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return 0;
        }
    }
}
