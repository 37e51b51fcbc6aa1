package io.pickaroon.processor.follow;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.read.FollowedContent;
import io.pickaroon.processor.read.RunResources;
import io.pickaroon.processor.track.FileLocation;
import java.io.IOException;

/**
 * Opens a followed file: for its turn, or before it, so that it can be read whatever becomes of its name. Changes under the
 * lock of {@link FollowReader}; any thread may ask.
 */
final class FileOpening {
    private final LogInput input;
    private final FileLocation place;
    private final RunResources resources;
    private final FollowedContent content;
    /** Opened before the first turn of a session; null if it was not. */
    private volatile LogFile held;

    FileOpening(LogInput input, FileLocation place, RunResources resources) {
        this.input = input;
        this.place = place;
        this.resources = resources;
        this.content = new FollowedContent(input, resources.machine());
    }

    /** Opens it, or goes on with it if what was read of it still waits to be fixed. */
    LogFile open(FileIdentity identity) throws IOException {
        return resources.files().openAgain(place.now(), identity, place.home(), input.hasFixes(), content::open);
    }

    /** Null if it is not held. */
    LogFile held() {
        return held;
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

    /** Holds a file that is open already. */
    void keep(LogFile file) {
        held = file;
    }

    /** A turn has it from now on. */
    void takeHeld() {
        held = null;
    }

    /** Closes what is held, if nothing was read of it meanwhile. */
    void release(FileIdentity identity, boolean isUntouched) {
        if (held != null && isUntouched) {
            resources.files().abandon(identity);
        }
        held = null;
    }

    /** Reading begins, in the generation in which the file is known from now on. */
    void begin(LogFile file) {
        content.begins(file);
    }

    void requireFollowable(LogFile file) throws IOException {
        content.requireFollowable(file);
    }

    /** Finds out whether sizes that are seen from outside are those of its content. It is not open. */
    boolean findSameSize() {
        return place.now().filter(content::hasSizeOfFile).isPresent();
    }
}
