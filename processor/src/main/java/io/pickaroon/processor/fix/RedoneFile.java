package io.pickaroon.processor.fix;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import java.nio.file.Path;

/**
 * A file whose changes in the journal are durable: all of it up to the end of the last window with changes is delivered
 * and fixed, which a checkpoint may pass. Only {@link Redo} makes one.
 */
public final class RedoneFile {
    private final FileIdentity identity;
    private final Path path;
    private final Position end;
    private final long sizeBytes;

    RedoneFile(FileIdentity identity, Path path, Position end, long sizeBytes) {
        this.identity = identity;
        this.path = path;
        this.end = end;
        this.sizeBytes = sizeBytes;
    }

    public FileIdentity identity() {
        return identity;
    }

    /** Where the file is now. */
    public Path path() {
        return path;
    }

    /** Where the first window that may still have to be fixed begins. */
    public Position end() {
        return end;
    }

    public long sizeBytes() {
        return sizeBytes;
    }
}
