package io.pickaroon.processor.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
