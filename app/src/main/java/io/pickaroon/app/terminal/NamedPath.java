package io.pickaroon.app.terminal;

import io.pickaroon.processor.directio.NativePath;
import java.nio.file.Path;

/** Paths that were named on the command line. */
public final class NamedPath {
    private NamedPath() {}

    /** The path of an argument, see {@link #reachable}. */
    public static Path of(String argument) {
        return reachable(NativePath.of(argument));
    }

    /**
     * The path itself, or the same from the root where Java cannot say the name of the working directory, because that is
     * no UTF-8: {@link Path#toAbsolutePath} would lead elsewhere.
     */
    public static Path reachable(Path path) {
        if (path.isAbsolute()) {
            return path;
        }
        Path directory = NativePath.workingDirectory();
        return directory.equals(Path.of("").toAbsolutePath()) ? path : directory.resolve(path);
    }
}
