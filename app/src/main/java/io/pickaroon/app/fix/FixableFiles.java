package io.pickaroon.app.fix;

import io.pickaroon.app.error.UserError;
import io.pickaroon.app.search.NamedFile;
import io.pickaroon.inputs.decode.DecodedFormats;
import io.pickaroon.processor.decode.ContentFormat;
import io.pickaroon.processor.directio.FileStatus;
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
    private final boolean allowHardLinks;
    private final Set<FileIdentity> seen = new HashSet<>();

    FixableFiles(boolean allowHardLinks) {
        this.allowHardLinks = allowHardLinks;
    }

    /**
     * Returns false if the file was named before.
     *
     * @throws UserError if it cannot be read, or has several names and that was not allowed
     */
    boolean isNew(Path file) throws IOException {
        NamedFile.requireReadable(file);
        FileStatus status = FileStatus.of(file);
        if (status.hardLinks() > 1 && !allowHardLinks) {
            throw new UserError(("%s: has %d names (hard links), and would change under all of them; if that is meant,"
                            + " add --allow-hard-links")
                    .formatted(NativePath.printable(file), status.hardLinks()));
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
