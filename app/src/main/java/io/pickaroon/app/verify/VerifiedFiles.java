package io.pickaroon.app.verify;

import io.pickaroon.app.inspect.DeliveredPlaces;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files that are read, each with what the checkpoint says of it. Grows with their number. Thread-safe. */
final class VerifiedFiles {
    private final DeliveredPlaces places;
    private final Map<FileIdentity, VerifiedFile> byIdentity = new HashMap<>();
    private final List<VerifiedFile> all = new ArrayList<>();

    VerifiedFiles(DeliveredPlaces places) {
        this.places = places;
    }

    /** The file of a window. */
    synchronized VerifiedFile of(ScannedWindow window) {
        return byIdentity.computeIfAbsent(window.file().identity(), identity -> {
            VerifiedFile file = new VerifiedFile(all.size(), window.file().path(), places.of(identity));
            all.add(file);
            return file;
        });
    }

    /** By their numbers. */
    synchronized List<VerifiedFile> all() {
        return List.copyOf(all);
    }
}
