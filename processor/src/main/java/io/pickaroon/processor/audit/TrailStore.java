package io.pickaroon.processor.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where trails are: their names and how these change. Tests replace it by a twin that crashes. */
public interface TrailStore {
    /** Makes the directory of a trail, and takes the right to be its only writer; until closed. Returns its real path. */
    Held hold(Path file) throws IOException;

    /** Opens a file of a trail; empty if there is none. */
    Optional<TrailFile> open(Path file) throws IOException;

    /** Makes an empty file, readable and writable by this user alone; the name is durable on return. */
    TrailFile create(Path file) throws IOException;

    /** Gives a file another name in its directory, which none has; durable on return. */
    void rename(Path from, Path to) throws IOException;

    /** Files to which a trail was rotated: those with its name, a dot and a number, in the order of their numbers. */
    List<Path> rotated(Path file) throws IOException;

    /**
     * The right to write a trail.
     *
     * @param file absolute, without symbolic links
     */
    record Held(Path file, Closeable lock) {}
}
