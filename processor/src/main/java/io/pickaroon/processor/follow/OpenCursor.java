package io.pickaroon.processor.follow;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.read.FollowedContent;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.read.WindowCursor;
import io.pickaroon.processor.track.FileLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open file behind a followed file, and the cursor over its windows. It is opened for its turn, or before it, so that it can
 * be read after its name is taken away. Changes under the lock of {@link FollowReader}; any thread may ask.
 */
final class OpenCursor {
    private static final Logger LOG = LoggerFactory.getLogger(OpenCursor.class);

    private final InputScanners input;
    private final FileLocation place;
    private final RunResources resources;
    private final FollowedContent content;
    /** Opened before the first turn of a session; null if it was not. */
    private volatile LogFile held;
    /** Null until the first turn of a session. */
    private volatile WindowCursor cursor;

    private volatile boolean isOpen;
    private Position openedAt;

    OpenCursor(InputScanners input, FileLocation place, RunResources resources) {
        this.input = input;
        this.place = place;
        this.resources = resources;
        this.content = new FollowedContent(input.input(), resources.machine());
    }

    /** Null until the first turn of a session. */
    WindowCursor cursor() {
        return cursor;
    }

    /** Up to where the file was emitted in this session; the other offset if it is not begun. */
    long reachedOr(long otherwise) {
        WindowCursor known = cursor;
        return known == null ? otherwise : known.reached().offset();
    }

    boolean isOpen() {
        return isOpen;
    }

    /** Opens it, or goes on with it if what was read of it still waits to be fixed. */
    LogFile open(FileIdentity identity) throws IOException {
        return resources
                .files()
                .openAgain(place.now(), identity, place.home(), input.input().hasFixes(), content::open);
    }

    /** Opens it before its turn. Returns whether it is open; why it is not, a turn reports. */
    boolean hold(FileIdentity identity, SeenSizes sizes) {
        try {
            held = open(identity);
            sizes.observe(held::storedBytes);
            return true;
        } catch (IOException notNow) {
            return false;
        }
    }

    /** Closes what is held, if nothing was read of it meanwhile. */
    void release(FileIdentity identity, boolean isUntouched) {
        if (held != null && isUntouched) {
            resources.files().abandon(identity);
        }
        held = null;
    }

    /** Takes note of its present size, if that can be told. */
    void observe(SeenSizes sizes) {
        WindowCursor known = cursor;
        LogFile open = isOpen && known != null ? known.file() : held;
        Optional<Path> at = place.now();
        try {
            if (open != null) {
                sizes.observe(open::storedBytes);
            } else if (at.isPresent()) {
                sizes.observe(() -> place.sizeBytes(at.get(), sizes.observedBytes()));
            }
        } catch (IOException cannotTell) {
            LOG.debug("{}: its size cannot be told for now", place.home(), cannotTell);
        }
    }

    /** Reading begins, in the generation in which the file is known from now on. */
    void start(LogFile file, Position from) {
        held = null;
        cursor = new WindowCursor(file, from, input, resources);
        isOpen = true;
        openedAt = from;
        content.begins(file);
    }

    /** The file, opened again if it was closed. It was begun in this session. */
    LogFile file() throws IOException {
        if (!isOpen) {
            LogFile file = open(cursor.file().identity());
            // If it was not closed yet, some of what was read before still waits to be fixed.
            if (!file.equals(cursor.file())) {
                cursor = cursor.through(file);
                openedAt = cursor.reached();
            }
            isOpen = true;
        }
        return cursor.file();
    }

    void requireFollowable() throws IOException {
        content.requireFollowable(cursor.file());
    }

    /** Finds out whether sizes that are seen from outside are those of its content. It is not open. */
    boolean findSameSize() {
        return place.now().filter(content::hasSizeOfFile).isPresent();
    }

    /** A new session of the sink begins: the file stays open, and is begun anew. */
    void newSession() {
        held = isOpen ? cursor.file() : held;
        cursor = null;
        isOpen = false;
    }

    /** Reads nothing more of it for now. It is closed when all that was read is fixed. Returns whether it was open. */
    boolean close() {
        boolean wasOpen = isOpen;
        if (wasOpen) {
            isOpen = false;
            resources.files().readingEnded(cursor.file(), openedAt, cursor.reached());
        }
        return wasOpen;
    }
}
