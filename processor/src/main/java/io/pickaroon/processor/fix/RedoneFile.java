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
    private final RedoEntry last;
    private final long rules;
    private final long sizeBytes;
    private final LineEnds lineEnds;

    /** @param last the last window of the file that the journal has */
    RedoneFile(RedoEntry last, long rules, long sizeBytes, LineEnds lineEnds) {
        this.last = last;
        this.rules = rules;
        this.sizeBytes = sizeBytes;
        this.lineEnds = lineEnds;
    }

    public FileIdentity identity() {
        return last.identity();
    }

    /** Where the file was when the journal was written. */
    public Path path() {
        return last.path();
    }

    /** Where the first window that may still have to be fixed begins. */
    public Position end() {
        return last.end();
    }

    /** {@link io.pickaroon.processor.scan.ScannedWindow#allRules()} of its windows; 0 if they were not the same. */
    public long rules() {
        return rules;
    }

    /** True if these fixes waited for the rotation of the file: then only they are done up to {@link #end}. */
    public boolean fixesWaited() {
        return last.waited();
    }

    public LineEnds lineEnds() {
        return lineEnds;
    }

    public long sizeBytes() {
        return sizeBytes;
    }
}
