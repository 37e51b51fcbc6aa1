package io.pickaroon.connect.task;

import io.pickaroon.connect.listing.ListedFile;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what is wrong with files: once of each, however many splits it has and however often it is tried. For one thread. */
final class FileProblems {
    private static final Logger LOG = LoggerFactory.getLogger(FileProblems.class);

    /** What was said last, by inode number. */
    private final Map<Long, String> said = new HashMap<>();

    /** A file could not be read, and is tried again. */
    void failed(ListedFile file, IOException e, String message) {
        if (!message.equals(said.put(file.inode(), message))) {
            LOG.warn("{}; it is tried again for as long as it is there", message);
            LOG.debug("", e);
        }
    }

    /** A file could be read that could not before. */
    void recovered(ListedFile file) {
        if (said.remove(file.inode()) != null) {
            LOG.info("{} can be read again", NativePath.printable(file.path()));
        }
    }

    /** A file is gone. */
    void forget(ListedFile file) {
        said.remove(file.inode());
    }

    /** Closes a file, and says so if it cannot be closed. */
    static void close(LogFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("{} could not be closed: {}", NativePath.printable(file.path()), e.getMessage());
        }
    }
}
