package io.pickaroon.app.verify;

import io.pickaroon.app.inspect.DeliveredPlaces.Place;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** One file that is read, in one generation, and up to where it is compared. Changed by one thread, read by others after that. */
final class VerifiedFile {
    private final int index;
    private final FileIdentity identity;
    private final String input;
    private final Path path;
    private final Optional<Place> place;
    private volatile boolean fits;

    /**
     * @param index its number among all files
     * @param input id of its input
     * @param place what the checkpoint says of it; empty if it is new
     */
    VerifiedFile(int index, FileIdentity identity, String input, Path path, Optional<Place> place) {
        this.index = index;
        this.identity = identity;
        this.input = input;
        this.path = path;
        this.place = place;
        this.fits = deliveredOffset() == 0;
    }

    int index() {
        return index;
    }

    /** Which file it is, in its first generation. */
    FileIdentity inode() {
        return identity.ofGeneration(0);
    }

    String input() {
        return input;
    }

    String printable() {
        return NativePath.printable(path);
    }

    Optional<Place> place() {
        return place;
    }

    /** Up to where it is delivered; 0 for a file that the checkpoint does not know. */
    long deliveredOffset() {
        return place.map(Place::deliveredOffset).orElse(0L);
    }

    /** Up to where it is fixed. */
    long fixedOffset() {
        return place.map(Place::fixedOffset).orElse(0L);
    }

    /** Looks whether this is still the content that was delivered, at the window that reaches the place. */
    void pass(ScannedWindow window) {
        if (place.isEmpty()
                || window.startOffset() >= deliveredOffset()
                || window.end().offset() < deliveredOffset()) {
            return;
        }
        try {
            fits = place.get().fits(window.file());
        } catch (IOException cannotTell) {
            fits = false;
        }
    }

    /** False if it was truncated or written anew since the checkpoint was written: then nothing can be said of it. */
    boolean fits() {
        return fits;
    }
}
