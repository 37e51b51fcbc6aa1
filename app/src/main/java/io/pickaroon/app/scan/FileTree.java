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

        /** A directory that cannot be read, or a file of which it cannot be known what it is. */
        void unreadable(Path path, IOException reason) throws IOException;
    }

    /** A link leads back to a directory above. What is there is read all the same, where it is. */
    static final class LinkBack extends IOException {
        private LinkBack(Path link) {
            super(NativePath.printable(link) + ": a link leads back to a directory above");
        }
    }

    private final FileChoice choice;
    private final Visitor visitor;
    /** The directories from the root to the present one, to notice links that lead back. */
    private final Deque<Object> above = new ArrayDeque<>();

    FileTree(FileChoice choice, Visitor visitor) {
        this.choice = choice;
        this.visitor = visitor;
    }

    /**
     * Returns false if the visitor has ended the walk.
     *
     * @param root a directory, or a link to one
     */
    boolean walk(Path root) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(root, BasicFileAttributes.class);
        } catch (IOException e) {
            visitor.unreadable(root, e);
            return true;
        }
        return walk(root, attributes);
    }

    private boolean walk(Path directory, BasicFileAttributes attributes) throws IOException {
        Object key = attributes.fileKey();
        List<Path> entries;
        try {
            if (above.contains(key)) {
                throw new LinkBack(directory);
            }
            entries = entries(directory);
        } catch (IOException e) {
            visitor.unreadable(directory, e);
            return true;
        }
        above.push(key);
        try {
            for (Path entry : entries) {
                if (!entry(entry)) {
                    return false;
                }
            }
            return true;
        } finally {
            above.pop();
        }
    }

    private boolean entry(Path entry) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(entry, BasicFileAttributes.class, choice.linkOptions());
        } catch (IOException e) {
            visitor.unreadable(entry, e);
            return true;
        }
        if (attributes.isDirectory()) {
            return walk(entry, attributes);
        }
        return !attributes.isRegularFile() || !choice.takes(entry) || visitor.file(entry);
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
