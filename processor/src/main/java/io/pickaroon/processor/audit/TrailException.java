package io.pickaroon.processor.audit;

import io.pickaroon.processor.directio.InUseException;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Path;

/** An audit trail that cannot be gone on with as it is. The message names the file, the reason and the remedy. */
public final class TrailException extends IOException {

    private TrailException(String message) {
        super(message);
    }

    /** It does not hold what it has to. */
    static TrailException unfit(Path file, String what) {
        return new TrailException(
                ("%s: %s. Nothing is changed without its line there. Put the trail back as it was, with its rotated"
                    + " files; if it is lost, keep what is left of it elsewhere and name another file in 'audit.file'")
                        .formatted(NativePath.printable(file), what));
    }

    /** A line in it is not what was written. */
    static TrailException broken(Path file, TrailScan.Bad bad) {
        return unfit(
                file,
                "the audit trail is not what was written: %s at offset %d; see 'pickaroon audit verify'"
                        .formatted(bad.what(), bad.offset()));
    }

    /** Something else is in it. */
    static TrailException noTrail(Path file, long offset) {
        return new TrailException(
                "%s: this is no audit trail: what stands at offset %d is no line of one. Nothing was changed; name another file for the trail"
                        .formatted(NativePath.printable(file), offset));
    }

    /** Another process writes it. */
    static TrailException inUse(Path file, InUseException e) {
        TrailException inUse = new TrailException(
                "%s: the audit trail is written by another process, and two would fork its chain; stop that one or name another file"
                                .formatted(NativePath.printable(file))
                        + " (" + e.getMessage() + ")");
        inUse.initCause(e);
        return inUse;
    }

    /** Lines are missing in a trail that is written with a key, and there is none. */
    static TrailException noKey(Path file) {
        return new TrailException(
                ("%s: this audit trail has a key, and lines of it are missing after a crash. Run once with"
                                + " the 'audit' settings of the run before; nothing is changed until then")
                        .formatted(NativePath.printable(file)));
    }
}
