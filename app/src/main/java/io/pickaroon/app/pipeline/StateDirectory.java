package io.pickaroon.app.pipeline;

import io.pickaroon.app.configuration.OwnFiles;
import io.pickaroon.app.error.UserError;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of a checkpoint and its journal. A user who can write to it decides what is read again and what is fixed, so
 * it is created for its owner alone, and one that every user can write to is refused.
 */
public final class StateDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(StateDirectory.class);

    private static final int GROUP_WRITE = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final int STICKY = 01000;

    private StateDirectory() {}

    /**
     * Makes the directory of a checkpoint, with mode 0700, or looks at the one that is there.
     *
     * @throws UserError if others can write to it, or what is in it of this checkpoint is another user's
     * @throws IOException if it cannot be made
     */
    public static void prepare(Path checkpoint) throws IOException {
        Path directory = checkpoint.toAbsolutePath().normalize().getParent();
        if (directory == null) {
            return;
        }
        if (Files.notExists(directory)) {
            make(directory);
        } else {
            requireSafe(checkpoint, directory);
        }
    }

    /** Like {@link #prepare}, but makes nothing. */
    static void requireSafe(Path checkpoint) throws IOException {
        Path directory = checkpoint.toAbsolutePath().normalize().getParent();
        if (directory != null && Files.exists(directory)) {
            requireSafe(checkpoint, directory);
        }
    }

    private static void requireSafe(Path checkpoint, Path directory) throws IOException {
        FileStatus status = FileStatus.of(directory);
        boolean othersReplace = (status.mode() & OTHERS_WRITE) != 0 && (status.mode() & STICKY) == 0;
        boolean strangersOwn = status.uid() != 0 && status.uid() != ownUid();
        if (othersReplace || strangersOwn) {
            throw new UserError("%s: the directory of the checkpoint %s, who could then decide what is changed in log"
                            .formatted(
                                    NativePath.printable(directory),
                                    othersReplace ? "can be written to by everybody" : "belongs to another user")
                    + " files; give it to the user of this process, with mode 0700");
        }
        if ((status.mode() & (GROUP_WRITE | OTHERS_WRITE)) != 0) {
            LOG.warn("{}: others can write to the directory of the checkpoint; make it 0700", directory);
        }
        requireOwners(checkpoint.toAbsolutePath(), List.of(0, ownUid()));
    }

    /**
     * Makes sure that no other user has put a checkpoint, a journal or a link there: in a directory such as {@code /tmp}
     * every user can. A journal says which bytes of which files are to be changed.
     */
    static void requireOwners(Path checkpoint, Collection<Integer> uids) throws IOException {
        for (Path file : OwnFiles.ofCheckpoint(checkpoint)) {
            try {
                if (!uids.contains(FileStatus.ofNoFollow(file).uid())) {
                    throw new UserError(
                            "%s: belongs to another user, who could then decide what is changed in log files;"
                                            .formatted(NativePath.printable(file))
                                    + " remove it, or choose a path in a directory with mode 0700");
                }
            } catch (NoSuchFileException _) {
                continue;
            }
        }
    }

    private static void make(Path directory) throws IOException {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileSystemException e) {
            String why = e instanceof AccessDeniedException
                    ? "no permission"
                    : Objects.requireNonNullElse(e.getReason(), e.toString());
            throw new IOException(
                    "%s: cannot make this directory for the checkpoint (%s: %s); make it and give it to this user, or choose another path"
                            .formatted(
                                    NativePath.printable(directory),
                                    ByteText.withoutControls(String.valueOf(e.getFile())),
                                    why),
                    e);
        }
    }

    private static int ownUid() throws IOException {
        return FileStatus.of(Path.of("/proc/self")).uid();
    }
}
