package io.pickaroon.app.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The regular file that standard output goes to, if it is one. A command that reads it would read what it writes, without
 * end.
 *
 * @param key device and inode
 */
public record OutputFile(Optional<Object> key) {
    /** The output goes elsewhere, or it does no harm to read it. */
    public static final OutputFile NONE = new OutputFile(Optional.empty());

    private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");

    /** @param output leads to what the output goes to */
    static OutputFile at(Path output) {
        return new OutputFile(regularFile(output));
    }

    /** True if this file, or what a link leads to, is the output. */
    public boolean is(Path file) {
        return key.isPresent() && key.equals(regularFile(file));
    }

    /** True if standard input reads what is written. */
    public boolean isStandardInput() {
        return is(STANDARD_INPUT);
    }

    private static Optional<Object> regularFile(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? Optional.of(attributes.fileKey()) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
