package io.pickaroon.processor.file;

import java.nio.file.Path;

/** A change of a name in a watched directory, as the kernel reports it. */
public sealed interface NameChange {
    /** A file was made there, or moved there from a directory that is not watched. */
    record Created(Path path) implements NameChange {}

    /** What had one name has the other one now. Whatever had that is replaced. */
    record Renamed(Path from, Path to) implements NameChange {}

    /** What had this name was deleted, or moved to a directory that is not watched. */
    record Removed(Path path) implements NameChange {}
}
