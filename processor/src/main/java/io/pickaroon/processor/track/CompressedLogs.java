package io.pickaroon.processor.track;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.decode.ContentFormat;
import io.pickaroon.processor.decode.DecodedFile;
import io.pickaroon.processor.decode.Gzip;
import io.pickaroon.processor.directio.FileStatus;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.host.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds the gzip archives that a rotation has made, while no run was there, of files that are gone, and of those that came after
 * them. Which file an archive was made of, its content says: lines end where they did before the position of the file. Its size is
 * taken from its last bytes (RFC 1952, ISIZE), so it is that of the last member, less than 4 GiB. Used by one scan at a time.
 */
final class CompressedLogs {
    /** Larger archives are not looked into: the scan of directories waits for that. */
    private static final long MOST_STORED_BYTES = 64 << 20;

    private static final int SIZE_BYTES = 4;
    private static final List<ContentFormat> FORMATS = List.of(new Gzip());

    private final Machine machine;
    private final Function<Path, DirectoryContents.Listing> list;

    /**
     * What became of a file that is gone.
     *
     * @param path the archive that was made of it
     * @param later how many others beside it were made of files that came after it, and that no run has seen
     * @param bytes what all of them decode to
     */
    record Unread(Path path, int later, long bytes) {}

    private record Archive(Path path, long modifiedNanos, long contentBytes) {}

    /** @param list lists the files of a directory */
    CompressedLogs(Machine machine, Function<Path, DirectoryContents.Listing> list) {
        this.machine = machine;
        this.list = list;
    }

    /**
     * Looks for the archives of files.
     *
     * @param known all files that the checkpoint knows, as the run before left it
     * @param isGone which of them have gone since then
     */
    Map<FileIdentity, Unread> find(Map<FileIdentity, CheckpointEntry> known, Predicate<FileIdentity> isGone) {
        Map<FileIdentity, Unread> found = new HashMap<>();
        Map<Path, List<FileIdentity>> byHome = known.keySet().stream()
                .collect(Collectors.groupingBy(file -> known.get(file).path()));
        byHome.forEach((home, files) -> {
            if (files.stream().anyMatch(isGone)) {
                found.putAll(ofOneName(home, files, known, isGone));
            }
        });
        return found;
    }

    private Map<FileIdentity, Unread> ofOneName(
            Path home,
            List<FileIdentity> files,
            Map<FileIdentity, CheckpointEntry> known,
            Predicate<FileIdentity> isGone) {
        List<Archive> left = archivesOf(home);
        // What was read to its end and compressed before.
        for (FileIdentity file : files) {
            CheckpointEntry entry = known.get(file);
            if (!isGone.test(file)) {
                left.removeIf(
                        archive -> archive.contentBytes() == entry.position().offset() && isOf(entry, archive));
            }
        }
        Map<FileIdentity, Archive> made = new HashMap<>();
        files.stream()
                .filter(isGone)
                .forEach(file -> left.stream()
                        .filter(archive -> isOf(known.get(file), archive))
                        .findFirst()
                        .ifPresent(archive -> {
                            left.remove(archive);
                            made.put(file, archive);
                        }));
        Optional<Map.Entry<FileIdentity, Archive>> last = made.entrySet().stream()
                .max(Comparator.comparingLong(file -> file.getValue().modifiedNanos()));
        last.ifPresent(file -> left.removeIf(
                archive -> archive.modifiedNanos() <= file.getValue().modifiedNanos()));
        Map<FileIdentity, Unread> unread = new HashMap<>();
        made.forEach((file, archive) -> {
            boolean isLast = file.equals(last.get().getKey());
            long laterBytes =
                    isLast ? left.stream().mapToLong(Archive::contentBytes).sum() : 0;
            unread.put(file, new Unread(archive.path(), isLast ? left.size() : 0, archive.contentBytes() + laterBytes));
        });
        return unread;
    }

    /** Those whose names begin as a name does, or as that to which it leads; those first that were written first. */
    private List<Archive> archivesOf(Path home) {
        List<Archive> archives = new ArrayList<>();
        Set<Path> places = new HashSet<>();
        places.add(home);
        FileLocation.real(home).ifPresent(places::add);
        for (Path place : places) {
            String begin = place.getFileName().toString().split("\\.", 2)[0];
            for (FileSighting file : list.apply(place.getParent()).files().values()) {
                String name = file.path().getFileName().toString();
                if (name.startsWith(begin) && FORMATS.getFirst().isNameOf(name)) {
                    archive(file).ifPresent(archives::add);
                }
            }
        }
        archives.sort(Comparator.comparingLong(Archive::modifiedNanos));
        return archives;
    }

    private Optional<Archive> archive(FileSighting sighting) {
        if (sighting.sizeBytes() > MOST_STORED_BYTES || sighting.sizeBytes() < SIZE_BYTES) {
            return Optional.empty();
        }
        try (LogFile file = machine.open(sighting.path(), false)) {
            byte[] size = new byte[SIZE_BYTES];
            file.read(sighting.sizeBytes() - SIZE_BYTES, size, 0, SIZE_BYTES);
            long contentBytes = 0;
            for (int i = SIZE_BYTES - 1; i >= 0; i--) {
                contentBytes = contentBytes << Byte.SIZE | Byte.toUnsignedLong(size[i]);
            }
            long modifiedNanos = FileStatus.of(sighting.path()).modifiedTimeNanos();
            return Optional.of(new Archive(sighting.path(), modifiedNanos, contentBytes));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private boolean isOf(CheckpointEntry entry, Archive archive) {
        LineEnds lineEnds = entry.content().lineEnds();
        long offset = entry.position().offset();
        if (lineEnds.lengthBytes() == 0
                || archive.contentBytes() < entry.content().sizeBytes()) {
            return false;
        }
        try (LogFile file = machine.open(archive.path(), false)) {
            Optional<DecodedFile> decoded = DecodedFile.of(file, FORMATS);
            if (decoded.isEmpty()) {
                return false;
            }
            decoded.get().decodeTo(offset, Math.max(0, offset - LineEnds.MOST_BYTES));
            return lineEnds.areStillIn(decoded.get(), offset);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
