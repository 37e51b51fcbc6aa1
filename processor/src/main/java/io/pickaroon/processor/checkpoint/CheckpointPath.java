package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.directio.BlockStore;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Resolves the path of a checkpoint. */
final class CheckpointPath {
    private CheckpointPath() {}

    /** The absolute path without symbolic links; makes its directories. */
    static Path real(Path path, BlockStore store) throws IOException {
        Path absolute = absolute(path);
        store.createDirectories(absolute.getParent());
        return followLink(absolute.getParent().toRealPath().resolve(absolute.getFileName()));
    }

    /** The same path, but makes nothing: where a directory is missing, links are not resolved. */
    static Path there(Path path) throws IOException {
        Path absolute = absolute(path);
        return Files.isDirectory(absolute.getParent())
                ? followLink(absolute.getParent().toRealPath().resolve(absolute.getFileName()))
                : absolute;
    }

    private static Path absolute(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        if (absolute.getFileName() == null) {
            throw new IOException(NativePath.printable(path) + ": not a file name; name a file for the checkpoint");
        }
        return absolute;
    }

    /** A link that leads nowhere is refused: what it should lead to may be a file system that is not mounted. */
    private static Path followLink(Path path) throws IOException {
        if (!Files.isSymbolicLink(path)) {
            return path;
        }
        try {
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            throw new IOException(
                    NativePath.printable(path) + ": a symbolic link to "
                            + NativePath.printable(Files.readSymbolicLink(path))
                            + ", which does not exist; mount or restore what it leads to, or remove the link",
                    e);
        }
    }
}
