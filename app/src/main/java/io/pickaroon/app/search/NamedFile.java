package io.pickaroon.app.search;

import io.pickaroon.app.error.UserError;
import io.pickaroon.processor.directio.NativePath;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks of a file that is named on the command line, made before it is opened, because their messages are clearer. */
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
}
