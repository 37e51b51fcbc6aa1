package io.pickaroon.processor.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which trail a run writes.
 *
 * @param file its path
 * @param key of the hashes that chain its lines; not empty if there is one
 * @param rotateBytes size from which on it is rotated before the next group of changes, at least 1
 * @param version of the program
 * @param configuration what its lines call the configuration, such as a hash of it; without secrets
 * @param known a place up to which this process has checked the trail; empty if it has not
 */
public record TrailSettings(
        Path file,
        Optional<byte[]> key,
        long rotateBytes,
        String version,
        String configuration,
        Optional<TrailPlace> known) {
    /** Size from which on a trail is rotated, unless a setting says otherwise. */
    public static final long ROTATE_BYTES = 1L << 30;

    public TrailSettings {
        if (rotateBytes < 1) {
            throw new IllegalArgumentException("rotateBytes " + rotateBytes + " is not positive");
        }
        if (key.isPresent() && key.get().length == 0) {
            throw new IllegalArgumentException("an empty key");
        }
    }

    /** A trail of which this process knows nothing yet. */
    public TrailSettings(Path file, Optional<byte[]> key, long rotateBytes, String version, String configuration) {
        this(file, key, rotateBytes, version, configuration, Optional.empty());
    }

    /** The same, checked up to a place. */
    public TrailSettings knownTo(TrailPlace place) {
        return new TrailSettings(file, key, rotateBytes, version, configuration, Optional.of(place));
    }

    /** The trail, what lies beside it under its name, there or not, and the files to which it was rotated. */
    public List<Path> ownFiles() throws IOException {
        Path trail = file.toAbsolutePath();
        List<Path> own = new ArrayList<>();
        for (String suffix : List.of("", ".lock", ".new")) {
            own.add(trail.resolveSibling(trail.getFileName() + suffix));
        }
        if (Files.isDirectory(trail.getParent())) {
            own.addAll(new ChannelTrailStore().rotated(trail));
        }
        return own;
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "trail " + file + (key.isPresent() ? " with a key" : "");
    }
}
