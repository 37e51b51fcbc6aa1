package io.pickaroon.app.figures;

import io.pickaroon.app.error.UserError;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.processor.directio.NativePath;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that a command writes at its end: whole, or not at all. It stands under another name until it is whole, and takes the place
 * of one that is there.
 *
 * @param option that names it, for messages
 */
public record FigureFile(String option, Path path) {
    /** What is written. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Makes sure, before long work, that it can be written.
     *
     * @param files of which none may be overwritten
     * @param configuration neither
     * @throws UserError if it cannot
     */
    public void require(InputFiles files, Path configuration) throws IOException {
        Path directory = target().getParent();
        String name = option + " " + NativePath.printable(path);
        if (Files.isDirectory(path)) {
            throw new UserError(name + ": is a directory; name a file in it");
        }
        if (!Files.isDirectory(directory)) {
            throw new UserError(
                    name + ": there is no directory " + NativePath.printable(directory) + "; make it first");
        }
        if (!Files.isWritable(isReplaced() ? directory : path)) {
            throw new UserError(name + ": this user may not write there; name a file in another directory");
        }
        if (Files.exists(path) && Files.isSameFile(path, configuration)) {
            throw new UserError(name + ": is the configuration; name another file");
        }
        String feedback = files.feedback(path).orElse(null);
        if (feedback != null) {
            throw new UserError(option + " " + feedback);
        }
    }

    /** Writes it. */
    public void write(Content content) throws IOException {
        if (!isReplaced()) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
                content.writeTo(out);
            }
            return;
        }
        Path target = target();
        Path unfinished =
                target.resolveSibling(".pickaroon-" + ProcessHandle.current().pid() + ".tmp");
        Files.deleteIfExists(unfinished);
        try {
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                content.writeTo(out);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** False for a pipe or a terminal, such as {@code /dev/stdout}. */
    private boolean isReplaced() {
        return !Files.exists(path) || Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    private Path target() {
        return NativePath.workingDirectory().resolve(path);
    }
}
