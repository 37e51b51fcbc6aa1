package io.pickaroon.processor.track;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.input.InputScanners;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/** What one directory scan finds: which inode stands behind which name. Used by one thread at a time. Reads no directory. */
final class DirectoryContents {
    private final Map<Path, InputScanners> inputs = new LinkedHashMap<>();
    /** Those first that were renamed before they were known, as they were when there were others of their name. */
    private final SequencedMap<FileIdentity, FileSighting> files = new LinkedHashMap<>();

    private final Map<FileIdentity, InputScanners> owners = new HashMap<>();
    /** First names of those that were renamed before they were known. */
    private final Map<FileIdentity, Path> homes = new HashMap<>();

    private final Map<Path, FileIdentity> names = new HashMap<>();
    private final Set<Path> directories = new HashSet<>();
    /** What is in directories that had to be searched. */
    private final Map<Path, Listing> searched = new HashMap<>();

    /**
     * What is in a directory.
     *
     * @param isComplete whether all of it could be searched
     */
    record Listing(Map<FileIdentity, FileSighting> files, boolean isComplete) {
        SearchResult find(FileIdentity inode) {
            return SearchResult.of(Optional.ofNullable(files.get(inode)))
                    .or(() -> isComplete ? SearchResult.NOWHERE : SearchResult.UNKNOWN);
        }
    }

    void addDirectories(Collection<Path> more) {
        directories.addAll(more);
    }

    /** An input has a name, which may lead nowhere. */
    void addName(Path path, InputScanners input) {
        inputs.putIfAbsent(path, input);
    }

    /**
     * A name of an input leads to a file.
     *
     * @return the input that has the file, which may be an earlier one
     */
    InputScanners add(Path path, InputScanners input, FileSighting sighting) {
        FileIdentity inode = sighting.identity();
        names.put(path, inode);
        files.putIfAbsent(inode, sighting);
        owners.putIfAbsent(inode, input);
        return owners.get(inode);
    }

    /** A file was renamed before it was known. */
    void addRenamed(FileSighting sighting, Path home, InputScanners input) {
        files.putFirst(sighting.identity(), sighting);
        owners.put(sighting.identity(), input);
        homes.put(sighting.identity(), home);
    }

    /** All names that inputs have, those that lead nowhere too. */
    Map<Path, InputScanners> inputs() {
        return inputs;
    }

    Set<Path> directories() {
        return directories;
    }

    /** All files, as they were found. */
    Map<FileIdentity, FileSighting> files() {
        return files;
    }

    Optional<FileSighting> file(FileIdentity inode) {
        return Optional.ofNullable(files.get(inode));
    }

    /** Null if no input has it. */
    InputScanners owner(FileIdentity inode) {
        return owners.get(inode);
    }

    /** A file that is new, under its first name. */
    FileSighting atHome(FileSighting sighting) {
        Path home = homes.getOrDefault(sighting.identity(), sighting.path());
        return new FileSighting(home, sighting.identity(), sighting.sizeBytes());
    }

    Optional<FileIdentity> at(Path name) {
        return Optional.ofNullable(names.get(name));
    }

    /** All places at which there is a file. */
    Set<Path> places() {
        Set<Path> places = new HashSet<>(names.keySet());
        files.values().forEach(file -> places.add(file.path()));
        return places;
    }

    /**
     * Searches directories for a file.
     *
     * @param list finds the files of a directory, once for each scan
     */
    SearchResult search(FileIdentity inode, Set<Path> where, Function<Path, Listing> list) {
        SearchResult result = SearchResult.NOWHERE;
        for (Path directory : where) {
            result = result.or(() -> searched.computeIfAbsent(directory, list).find(inode));
        }
        return result;
    }
}
