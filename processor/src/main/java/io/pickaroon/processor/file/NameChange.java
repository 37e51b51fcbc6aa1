package io.pickaroon.processor.file;

import java.nio.file.Path;

/** A change of a name in a watched directory, as the kernel reports it. */
public sealed interface NameChange {
    /** A file was made under this name, or moved to it from a directory that is not watched. */
    record Created(Path path) implements NameChange {}

    /** The file with one name has the other one now, and replaces the file that had it. */
    record Renamed(Path from, Path to) implements NameChange {}

    /** The file with this name was deleted, or moved to a directory that is not watched. */
    record Removed(Path path) implements NameChange {}
}
