package io.pickaroon.app.fix;

import io.pickaroon.app.error.UserError;
import io.pickaroon.app.search.NamedFile;
import io.pickaroon.inputs.decode.DecodedFormats;
import io.pickaroon.processor.decode.ContentFormat;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.FileSystemType;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Tells which of the named files can be fixed, and names each file once, even if it is given under several names. */
final class FixableFiles {
    private final Allowed allowed;
    private final Set<FileIdentity> seen = new HashSet<>();

    /** What is refused unless it is asked for: files with several names, and files on a network file system. */
    record Allowed(boolean hardLinks, boolean networkFileSystem) {}

    FixableFiles(Allowed allowed) {
        this.allowed = allowed;
    }

    /**
     * Returns false if the file was named before.
     *
     * @throws UserError if it cannot be read, or that was not allowed: it has several names, or is on a network file system
     */
    boolean isNew(Path file) throws IOException {
        NamedFile.requireReadable(file);
        FileStatus status = FileStatus.of(file);
        if (status.hardLinks() > 1 && !allowed.hardLinks()) {
            throw new UserError(("%s: has %d names (hard links), and would change under all of them; if that is meant,"
                            + " add --allow-hard-links")
                    .formatted(NativePath.printable(file), status.hardLinks()));
        }
        FileSystemType fileSystem = FileSystemType.of(file);
        if (fileSystem.isRemote() && !allowed.networkFileSystem()) {
            throw new UserError(("%s: is on %s, where a fix can undo what another host or program appends meanwhile; if"
                            + " nothing else writes there, add --allow-network-file-system")
                    .formatted(NativePath.printable(file), fileSystem));
        }
        Optional<ContentFormat> format = DecodedFormats.of(file);
        if (format.isPresent()) {
            throw new UserError(
                    "%s: is %s content, and fixes change bytes where they stand; decode it first, and encode it again"
                            .formatted(NativePath.printable(file), format.get().name()));
        }
        return seen.add(FileIdentity.of(status));
    }

    /** @throws UserError if this user may not write it */
    void requireWritable(Path file) throws IOException {
        if (!Files.isWritable(file)) {
            throw new UserError(
                    Files.getFileStore(file).isReadOnly()
                            ? NativePath.printable(file)
                                    + ": is on a file system that is mounted read-only; mount it for writing, or fix a"
                                    + " copy"
                            : NativePath.printable(file)
                                    + ": cannot be written by this user; give this user write access to it");
        }
    }
}
