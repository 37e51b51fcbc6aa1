package io.pickaroon.app.search;

import io.pickaroon.app.error.UserError;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.input.ReadErrors;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
        BasicFileAttributes attributes = attributes(file);
        if (attributes.isDirectory()) {
            throw refused(
                    file, "is a directory; name the files in it, for example " + NativePath.printable(file) + "/*.log");
        }
        if (!attributes.isRegularFile()) {
            throw refused(
                    file,
                    "is not a regular file; pipes and devices cannot be mapped: write the content to a file first");
        }
        if (!Files.isReadable(file)) {
            throw refused(file, "permission denied; give this user access to it");
        }
    }

    private static BasicFileAttributes attributes(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Why a file cannot be read that was named on the command line. */
    public static UserError unreadable(Path file, IOException reason) {
        return refused(
                file,
                switch (reason) {
                    case NoSuchFileException _ ->
                        Files.isSymbolicLink(file) ? "no such file; this is a link to nothing" : "no such file";
                    case AccessDeniedException _ ->
                        "permission denied; give this user access to it, and to search its directories";
                    default -> "cannot be read: " + ReadErrors.reason(reason);
                });
    }

    private static UserError refused(Path file, String reason) {
        return new UserError(NativePath.printable(file) + ": " + reason);
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
