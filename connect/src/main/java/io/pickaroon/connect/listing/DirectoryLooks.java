package io.pickaroon.connect.listing;

import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.processor.directio.SystemCallException;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.input.Discovery;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for files. Directories that hold files of an input are listed whole, so that a file that gets another name is found by its
 * inode. For one thread at a time.
 */
final class DirectoryLooks {
    private final List<InputSettings> inputs;
    private final InputFiles inputFiles;
    /** Files that looks have found, and the input of each, by inode number and device. */
    private Map<Inode, ListedFile> known = Map.of();

    private final Set<Path> directories = new HashSet<>();
    /** What the last look saw. */
    private Map<Path, Seen> seen = Map.of();

    private long number;

    /** A file's status as a search of directories gives it, which has no birth time for certain, and what it is. */
    private record Seen(Object fileKey, FileTime created, FileSighting sighting) {
        /** The same file at another size; empty if the name has another file now. */
        Optional<Seen> now(BasicFileAttributes attributes) {
            return fileKey.equals(attributes.fileKey()) && created.equals(attributes.creationTime())
                    ? Optional.of(new Seen(
                            fileKey,
                            created,
                            new FileSighting(sighting.path(), sighting.identity(), attributes.size())))
                    : Optional.empty();
        }
    }

    private record Inode(long device, long inode) {
        static Inode of(FileIdentity identity) {
            return new Inode(identity.device(), identity.inode());
        }
    }

    DirectoryLooks(List<InputSettings> inputs, Path workingDirectory, boolean archives) throws IOException {
        this.inputs = List.copyOf(inputs);
        this.inputFiles = InputFiles.find(inputs, workingDirectory, archives, List.of());
    }

    Listing look() throws IOException {
        List<String> unreadable = new ArrayList<>();
        Map<Path, String> inputByPath = new LinkedHashMap<>();
        Set<Path> searched = new HashSet<>();
        Map<Path, BasicFileAttributes> now = new HashMap<>();
        for (InputSettings input : inputs) {
            Discovery.Found found = inputFiles.discovery(input.id()).find(now::put);
            found.files().forEach(path -> inputByPath.putIfAbsent(path, input.id()));
            searched.addAll(found.directories());
            unreadable.addAll(found.unreadable().values());
        }
        inputByPath.keySet().forEach(path -> directories.add(path.getParent()));
        Map<Path, FileSighting> sightings = sightings(withDeepest(searched), searched, now, unreadable);
        Map<Inode, ListedFile> files = new LinkedHashMap<>();
        inputByPath.forEach((path, input) -> {
            FileSighting sighting = sightings.get(path);
            if (sighting != null) {
                files.putIfAbsent(Inode.of(sighting.identity()), listed(input, sighting, path));
            }
        });
        for (FileSighting sighting : sightings.values()) {
            ListedFile before = known.get(Inode.of(sighting.identity()));
            if (before != null && before.identity().isSameInode(sighting.identity())) {
                files.putIfAbsent(Inode.of(sighting.identity()), listed(before.input(), sighting, before.home()));
            }
        }
        known = withUnseen(files, unreadable);
        List<FileSighting> others = sightings.values().stream()
                .filter(sighting -> !files.containsKey(Inode.of(sighting.identity())))
                .toList();
        forgetEmptyDirectories();
        return new Listing(++number, List.copyOf(files.values()), others, unreadable);
    }

    Optional<String> inputOf(Path path) {
        return inputs.stream()
                .map(InputSettings::id)
                .filter(input -> inputFiles.discovery(input).covers(path))
                .findFirst();
    }

    private static ListedFile listed(String input, FileSighting sighting, Path home) {
        return new ListedFile(input, sighting.path(), home, sighting.identity(), sighting.sizeBytes());
    }

    /** The directories that are listed whole, and those among others that hold none of the others. */
    private Set<Path> withDeepest(Set<Path> others) {
        Set<Path> all = new HashSet<>(directories);
        others.stream()
                .filter(directory -> others.stream().noneMatch(other -> isBelow(other, directory)))
                .forEach(all::add);
        return all;
    }

    private static boolean isBelow(Path path, Path directory) {
        return !path.equals(directory) && path.startsWith(directory);
    }

    /** Files of directories that were searched are asked again only if they are others than before. */
    private Map<Path, FileSighting> sightings(
            Set<Path> wanted, Set<Path> searched, Map<Path, BasicFileAttributes> now, List<String> unreadable) {
        Map<Path, FileSighting> sightings = new HashMap<>();
        Map<Path, Seen> before = seen;
        seen = new HashMap<>();
        now.keySet().removeIf(path -> !wanted.contains(path.getParent()));
        now.forEach((path, attributes) -> {
            Optional<Seen> same = Optional.ofNullable(before.get(path)).flatMap(known -> known.now(attributes));
            same.map(Seen::sighting).or(() -> at(path, before, unreadable)).ifPresent(sighting -> {
                sightings.put(path, sighting);
                seen.put(path, new Seen(attributes.fileKey(), attributes.creationTime(), sighting));
            });
        });
        // What the search says nothing of is gone, or its status cannot be read.
        before.keySet().stream()
                .filter(path -> !now.containsKey(path))
                .forEach(path -> at(path, before, unreadable).ifPresent(sighting -> {
                    sightings.put(path, sighting);
                    seen.put(path, before.get(path));
                }));
        for (Path directory : wanted) {
            if (!searched.contains(directory)) {
                try {
                    FileSighting.in(directory, sighting -> sightings.put(sighting.path(), sighting));
                } catch (IOException e) {
                    unreadable.add(e.getMessage());
                }
            }
        }
        return sightings;
    }

    /** What cannot be asked now is asked in the next look, too. */
    private Optional<FileSighting> at(Path path, Map<Path, Seen> before, List<String> unreadable) {
        try {
            return FileSighting.at(path);
        } catch (SystemCallException e) {
            unreadable.add(e.getMessage());
            if (before.containsKey(path)) {
                seen.put(path, before.get(path));
            }
        } catch (IOException _) {
            // It is no regular file any more.
        }
        return Optional.empty();
    }

    /** Where something cannot be read, a file that was not seen may be there, and belongs where it did. */
    private Map<Inode, ListedFile> withUnseen(Map<Inode, ListedFile> files, List<String> unreadable) {
        if (unreadable.isEmpty()) {
            return files;
        }
        Map<Inode, ListedFile> all = new LinkedHashMap<>(files);
        known.forEach(all::putIfAbsent);
        return all;
    }

    private void forgetEmptyDirectories() {
        Set<Path> used = new HashSet<>();
        known.values().forEach(file -> used.add(file.path().getParent()));
        directories.retainAll(used);
    }
}
