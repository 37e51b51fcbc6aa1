package io.pickaroon.app.scan;

import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** The files in a directory and those below, in the order of their names. Used by one thread at a time. */
final class FileTree {
    /** Takes what is found. */
    interface Visitor {
        /** A file that is to be read. Returns whether the walk goes on. */
        boolean file(Path file) throws IOException;

        /** A directory that cannot be read. */
        void unreadable(Path directory, IOException reason) throws IOException;
    }

    private final FileChoice choice;
    private final Visitor visitor;
    /** The directories from the root to the present one, to notice links that lead back. */
    private final Deque<Object> above = new ArrayDeque<>();

    FileTree(FileChoice choice, Visitor visitor) {
        this.choice = choice;
        this.visitor = visitor;
    }

    /** Returns false if the visitor has ended the walk. */
    boolean walk(Path directory) throws IOException {
        List<Path> entries;
        Object key;
        try {
            key = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
            if (above.contains(key)) {
                throw new IOException(NativePath.printable(directory) + ": a link leads back to a directory above");
            }
            entries = entries(directory);
        } catch (IOException e) {
            visitor.unreadable(directory, e);
            return true;
        }
        above.push(key);
        try {
            for (Path entry : entries) {
                boolean goesOn = choice.enters(entry) ? walk(entry) : !choice.reads(entry) || visitor.file(entry);
                if (!goesOn) {
                    return false;
                }
            }
            return true;
        } finally {
            above.pop();
        }
    }

    private static List<Path> entries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(entries);
        return entries;
    }
}
