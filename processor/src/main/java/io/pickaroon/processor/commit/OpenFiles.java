package io.pickaroon.processor.commit;

import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log files that a run has open: each from its first window until its last one is fixed, however far apart reading and
 * fixing are. A file is read once in a run, under all its names. Thread-safe.
 */
public final class OpenFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    /** How a log file is opened. */
    public interface Opener {
        public LogFile open(Path path, boolean forFixes) throws IOException;
    }

    private final Map<FileIdentity, Path> owners = new HashMap<>();
    private final Map<FileIdentity, Entry> open = new HashMap<>();

    private static final class Entry {
        final LogFile file;
        long doneOffset;
        /** Where the file's last window ends; -1 while it is being read. */
        long endOffset = -1;

        Entry(LogFile file) {
            this.file = file;
        }
    }

    /**
     * Opens a file that is read once.
     *
     * @throws IOException if it cannot be opened, or was opened under another name before
     */
    public synchronized LogFile open(Path path, boolean forFixes, Opener opener) throws IOException {
        LogFile file = opener.open(path, forFixes);
        Path owner = owners.putIfAbsent(file.identity(), path);
        if (owner != null && (!owner.equals(path) || open.containsKey(file.identity()))) {
            close(file);
            throw new FileSystemException(
                    NativePath.printable(path),
                    null,
                    "is the same file as " + NativePath.printable(owner) + ", and a file is read only once");
        }
        open.put(file.identity(), new Entry(file));
        return file;
    }

    /**
     * Opens a file that is known, or goes on with it if it still waits to be fixed.
     *
     * @param at where it is; empty if it is nowhere
     * @param knownPath the name under which it is known
     * @param opener how it is opened
     * @throws NoSuchFileException if another file is there by now, or none
     */
    public synchronized LogFile openAgain(
            Optional<Path> at, FileIdentity identity, Path knownPath, boolean forFixes, Opener opener)
            throws IOException {
        Entry entry = open.get(identity);
        if (entry != null) {
            entry.endOffset = -1;
            return entry.file;
        }
        if (at.isEmpty()) {
            throw new NoSuchFileException(NativePath.printable(knownPath));
        }
        LogFile file = opener.open(at.get(), forFixes);
        if (!file.identity().isSameInode(identity)) {
            close(file);
            throw new NoSuchFileException(NativePath.printable(at.get()));
        }
        LogFile known = file.knownAs(knownPath, identity.generation());
        open.put(identity, new Entry(known));
        return known;
    }

    /** An open file is known in a generation, and under a name, from now on. Nothing has been read of it yet. */
    public synchronized LogFile renumber(LogFile file, FileIdentity identity, Path knownPath) {
        if (file.identity().equals(identity) && file.path().equals(knownPath)) {
            return file;
        }
        open.remove(file.identity());
        LogFile known = file.knownAs(knownPath, identity.generation());
        open.put(identity, new Entry(known));
        return known;
    }

    /** Takes another handle of a file that could not be read; keeps the one that it has if there is none. */
    public synchronized void reopen(FileIdentity identity, Path at) {
        Entry entry = open.get(identity);
        if (entry != null) {
            try {
                entry.file.reopen(at);
            } catch (IOException e) {
                LOG.debug("{}: cannot be opened again for now: {}", entry.file, e.getMessage());
            }
        }
    }

    /** Nothing more is read of the file; what is known to be done of it is {@code from}, or what {@link #done} says. */
    public synchronized void readingEnded(LogFile file, Position from, Position end) {
        Entry entry = open.get(file.identity());
        if (entry != null) {
            entry.doneOffset = Math.max(entry.doneOffset, from.offset());
            entry.endOffset = end.offset();
            closeIfDone(entry);
        }
    }

    /** Everything before this position is fixed. */
    synchronized void done(FileIdentity identity, Position position) {
        Entry entry = open.get(identity);
        if (entry != null) {
            entry.doneOffset = Math.max(entry.doneOffset, position.offset());
            closeIfDone(entry);
        }
    }

    /** Closes a file of which nothing is to be read or fixed any more. */
    public synchronized void abandon(FileIdentity identity) {
        Entry entry = open.remove(identity);
        if (entry != null) {
            close(entry.file);
        }
    }

    public synchronized boolean isOpen(FileIdentity identity) {
        return open.containsKey(identity);
    }

    public synchronized int count() {
        return open.size();
    }

    private void closeIfDone(Entry entry) {
        if (entry.endOffset >= 0 && entry.doneOffset >= entry.endOffset) {
            open.remove(entry.file.identity());
            close(entry.file);
        }
    }

    public synchronized void closeAll() {
        List<Entry> all = new ArrayList<>(open.values());
        open.clear();
        all.forEach(entry -> close(entry.file));
    }

    private static void close(LogFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("{}: closing failed: {}", file, e.getMessage());
        }
    }
}
