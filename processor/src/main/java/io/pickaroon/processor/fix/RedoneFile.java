package io.pickaroon.processor.fix;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
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
    private final long rules;
    private final boolean waited;
    private final long sizeBytes;
    private final LineEnds lineEnds;

    RedoneFile(
            FileIdentity identity,
            Path path,
            Position end,
            long rules,
            boolean waited,
            long sizeBytes,
            LineEnds lineEnds) {
        this.identity = identity;
        this.path = path;
        this.end = end;
        this.rules = rules;
        this.waited = waited;
        this.sizeBytes = sizeBytes;
        this.lineEnds = lineEnds;
    }

    public FileIdentity identity() {
        return identity;
    }

    /** Where the file was when the journal was written. */
    public Path path() {
        return path;
    }

    /** Where the first window that may still have to be fixed begins. */
    public Position end() {
        return end;
    }

    /** {@link io.pickaroon.processor.scan.ScannedWindow#allRules()} of its windows; 0 if they were not the same. */
    public long rules() {
        return rules;
    }

    /** Whether these fixes waited for the rotation of the file: only they are done up to there, then. */
    public boolean fixesWaited() {
        return waited;
    }

    public LineEnds lineEnds() {
        return lineEnds;
    }

    public long sizeBytes() {
        return sizeBytes;
    }
}
