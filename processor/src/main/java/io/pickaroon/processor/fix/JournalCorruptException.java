package io.pickaroon.processor.fix;

import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A journal is complete, but this version cannot read it, or its content is impossible. Starting without it would leave
 * the changes half made that a crash interrupted, so the run does not start; the message says what to do.
 */
public final class JournalCorruptException extends IOException {
    private static final String MOVE_AWAY =
            "move it away, which leaves changes undone that were interrupted (pickaroon fix makes them)";

    private JournalCorruptException(String message) {
        super(message);
    }

    static JournalCorruptException newerFormat(Path path, int formatVersion) {
        return new JournalCorruptException(
                NativePath.printable(path) + ": this journal was written by a newer Pickaroon (format version "
                        + formatVersion + ", this one reads up to " + JournalCodec.FORMAT_VERSION
                        + "); run that version or a later one, or " + MOVE_AWAY);
    }

    static JournalCorruptException impossible(Path path, String what) {
        return new JournalCorruptException(NativePath.printable(path) + ": this journal cannot be trusted (" + what
                + "); restore it together with its checkpoint from a copy, or " + MOVE_AWAY);
    }
}
