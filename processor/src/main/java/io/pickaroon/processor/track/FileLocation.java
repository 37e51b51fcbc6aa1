package io.pickaroon.processor.track;

import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.host.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a followed file is: at the name under which it was found first, at another one since, or nowhere. Directory scans
 * change it, one at a time; any thread may ask. Does not search.
 */
public final class FileLocation {
    private static final Logger LOG = LoggerFactory.getLogger(FileLocation.class);

    private final Path home;
    private final FileIdentity inode;
    private final Machine machine;

    /** Empty when it is nowhere. */
    private volatile Optional<Path> place;
    /** Where it is, or was last. */
    private volatile Path lastPlace;
    /** The same without symbolic links, once that was found out. */
    private volatile Optional<Path> realPlace = Optional.empty();

    private volatile boolean rotated;
    /** The last scan could not find out where it is. */
    private volatile boolean isUnknown;

    public FileLocation(Path home, FileSighting sighting, Machine machine) {
        this.home = home;
        this.inode = sighting.identity();
        this.machine = machine;
        this.place = Optional.of(sighting.path());
        this.lastPlace = sighting.path();
    }

    /** In generation 0. */
    public FileIdentity inode() {
        return inode;
    }

    /** The name under which it was found first. */
    public Path home() {
        return home;
    }

    /** Which file it is, for messages: the name where it is or was last, its first one if that differs, and its identity. */
    public String description() {
        return "%s (%s%s)"
                .formatted(
                        NativePath.printable(lastPlace),
                        lastPlace.equals(home) ? "" : "at first " + NativePath.printable(home) + ", ",
                        inode);
    }

    /** Where it is; empty if it is nowhere. */
    public Optional<Path> now() {
        return place;
    }

    /** Where it is without symbolic links; empty if it is nowhere. Found out in scans only. */
    Optional<Path> real() {
        if (realPlace.isEmpty()) {
            realPlace = place.flatMap(FileLocation::real);
        }
        return realPlace;
    }

    /** Where a path leads, through all symbolic links. */
    static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException leadsNowhere) {
            return Optional.empty();
        }
    }

    /** Where it was without symbolic links when that was found out last: what led to it may lead elsewhere by now. */
    Optional<Path> lastReal() {
        return realPlace.or(() -> place);
    }

    /** The size of what is at this place, if it is this file; otherwise, or if that cannot be told, the other one. */
    public long sizeBytes(Path path, long otherwise) {
        try {
            return machine.look(path)
                    .filter(there -> there.identity().isSameInode(inode))
                    .map(FileSighting::sizeBytes)
                    .orElse(otherwise);
        } catch (IOException cannotTell) {
            return otherwise;
        }
    }

    /** Its first name leads elsewhere now, or nowhere. */
    public boolean isRotated() {
        return rotated;
    }

    /** Whether the last scan could not find out where it is. {@link #now} is where it was last. */
    public boolean isUnknown() {
        return isUnknown;
    }

    /** What is to be said of it then. */
    public String unknownText() {
        return NativePath.printable(home) + " was renamed or deleted, and its directory cannot be searched for it";
    }

    /** Whether it is somewhere; empty if that is unknown. */
    Optional<Boolean> isThere() {
        return isUnknown ? Optional.empty() : Optional.of(place.isPresent());
    }

    /** It was not found, and not all places could be searched. */
    void markUnknown() {
        isUnknown = true;
    }

    /** It was found, here. Returns whether it was rotated since the last time. */
    public boolean foundAt(Path found, boolean homeLeadsElsewhere) {
        isUnknown = false;
        boolean isNewlyRotated = homeLeadsElsewhere && !rotated;
        if (isNewlyRotated) {
            LOG.info("{} was rotated to {}", home, found);
        }
        if (!place.equals(Optional.of(found))) {
            place = Optional.of(found);
            lastPlace = found;
            realPlace = Optional.empty();
        }
        rotated = homeLeadsElsewhere;
        return isNewlyRotated;
    }

    /** It is nowhere to be found. Returns whether it was somewhere the last time. */
    public boolean markMissing() {
        isUnknown = false;
        boolean wasThere = place.isPresent();
        if (wasThere) {
            place = Optional.empty();
            rotated = true;
        }
        return wasThere;
    }

    /** Finds out again whether its first name leads to it, right before bytes are changed. Returns whether it does. */
    public boolean refreshAtHome() throws IOException {
        rotated = machine.look(home)
                .filter(there -> there.identity().isSameInode(inode))
                .isEmpty();
        return !rotated;
    }
}
