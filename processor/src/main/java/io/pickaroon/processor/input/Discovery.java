package io.pickaroon.processor.input;

import io.pickaroon.processor.file.FileIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the files of an input, again and again while a run follows them. Used by one thread at a time. */
public interface Discovery {
    /**
     * What is there now.
     *
     * @param files absolute paths, in the order in which their files are begun. What they lead to need not exist any more
     * @param directories where a file that comes or goes would change the answer. They need not exist yet
     * @param unreadable what may hold such files and cannot be read, with a message that says so, which was logged
     */
    record Found(List<Path> files, Set<Path> directories, Map<Path, String> unreadable) {
        public Found {
            files = List.copyOf(files);
            directories = Set.copyOf(directories);
            unreadable = Map.copyOf(unreadable);
        }
    }

    /**
     * Looks for the files.
     *
     * @throws IOException if nothing can be said now
     */
    Found find() throws IOException;

    /** True if the input would have a file of this name. */
    boolean covers(Path file);

    /** The part of a file that is meant, in any generation, in a run to the end of the files; empty: all of it. */
    default Optional<FilePart> part(FileIdentity file) {
        return Optional.empty();
    }

    /**
     * Always these files, and of them no more than parts: nothing of one that has come to have the name of another.
     *
     * @param parts by identity in generation 0
     */
    static Discovery ofParts(List<Path> files, Map<FileIdentity, FilePart> parts) {
        Discovery all = of(files);
        return new Discovery() {
            @Override
            public Found find() throws IOException {
                return all.find();
            }

            @Override
            public boolean covers(Path file) {
                return all.covers(file);
            }

            @Override
            public Optional<FilePart> part(FileIdentity file) {
                return Optional.of(parts.getOrDefault(file.ofGeneration(0), FilePart.NOTHING));
            }
        };
    }

    /** Always these files, whether they exist or not. */
    static Discovery of(List<Path> files) {
        List<Path> absolute =
                files.stream().map(file -> file.toAbsolutePath().normalize()).toList();
        return new Discovery() {
            @Override
            public Found find() {
                return new Found(absolute, Set.of(), Map.of());
            }

            @Override
            public boolean covers(Path file) {
                return absolute.contains(file);
            }
        };
    }
}
