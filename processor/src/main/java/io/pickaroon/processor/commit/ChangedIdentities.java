package io.pickaroon.processor.commit;

import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that a checkpoint knows, and whose identity was changed by what is around them, not by anything that was done to
 * them: the file system has another device number, or its birth times are another matter than they were. Their entries go
 * on under the new identity. Searches where the entries say, and beside; used once, before anything is read.
 */
final class ChangedIdentities {
    private static final Logger LOG = LoggerFactory.getLogger(ChangedIdentities.class);

    private final CheckpointFile checkpoint;
    private final Map<Path, List<FileIdentity>> directories = new HashMap<>();

    ChangedIdentities(CheckpointFile checkpoint) {
        this.checkpoint = checkpoint;
    }

    /** Renames the entries; durable with the checkpoint's next commit. */
    void follow() {
        Map<FileIdentity, Path> known = new LinkedHashMap<>();
        checkpoint.current().entries().forEach((identity, entry) -> known.put(identity.ofGeneration(0), entry.path()));
        Set<FileIdentity> taken = new HashSet<>(known.keySet());
        Optional<Path> example = Optional.empty();
        int changed = 0;
        for (Map.Entry<FileIdentity, Path> file : known.entrySet()) {
            Optional<FileIdentity> now = now(file.getKey(), file.getValue(), taken);
            if (now.isPresent()) {
                checkpoint.progress().rename(file.getKey(), now.get());
                taken.add(now.get());
                example = Optional.of(file.getValue());
                changed++;
            }
        }
        if (changed > 0) {
            LOG.info(
                    "{} files have another device number, or birth time, than the checkpoint has ({} is one), and are"
                            + " the same by all else: they go on where they were",
                    changed,
                    example.get());
        }
    }

    private Optional<FileIdentity> now(FileIdentity known, Path path, Set<FileIdentity> taken) {
        Optional<FileIdentity> atPath = at(path);
        if (atPath.filter(known::equals).isPresent()) {
            return Optional.empty();
        }
        return successor(known, atPath.stream().toList(), taken)
                .or(() -> mayHaveChanged(known, path)
                        ? successor(known, in(path.toAbsolutePath().getParent()), taken)
                        : Optional.empty());
    }

    /**
     * The identity that a known file has now, if it has another one.
     *
     * @param there files that are where it was, one of which it may be
     * @param taken identities that are those of other known files
     */
    static Optional<FileIdentity> successor(
            FileIdentity known, Collection<FileIdentity> there, Set<FileIdentity> taken) {
        if (there.contains(known)) {
            return Optional.empty();
        }
        return there.stream()
                .filter(now -> !taken.contains(now))
                .filter(now -> now.isSameInode(known) || now.isSameInodeOfOtherDevice(known))
                .findFirst();
    }

    /** Whether it is worth a search: most files that are not where they were are gone, or were renamed and nothing else. */
    private static boolean mayHaveChanged(FileIdentity known, Path path) {
        try {
            long device = FileStatus.of(path.toAbsolutePath().getParent()).device();
            return device != known.device() || device >>> 32 == 0;
        } catch (IOException noDirectory) {
            return false;
        }
    }

    private static Optional<FileIdentity> at(Path path) {
        try {
            return FileSighting.at(path).map(FileSighting::identity);
        } catch (IOException cannotTell) {
            return Optional.empty();
        }
    }

    private List<FileIdentity> in(Path directory) {
        return directories.computeIfAbsent(directory, searched -> {
            try {
                return FileSighting.in(searched).stream()
                        .map(FileSighting::identity)
                        .toList();
            } catch (IOException cannotTell) {
                return List.of();
            }
        });
    }
}
