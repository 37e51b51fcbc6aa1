package io.pickaroon.processor.fix;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A journal was written to its end, and cannot be read by this version, or says what cannot be. To go on without it would
 * leave the changes half made that a crash interrupted, so nothing is started; the message says what can be done.
 */
public final class JournalCorruptException extends IOException {
    private static final String MOVE_AWAY =
            "move it away, which leaves changes undone that were interrupted (pickaroon fix makes them)";

    private JournalCorruptException(String message) {
        super(message);
    }

    static JournalCorruptException newerFormat(Path path, int formatVersion) {
        return new JournalCorruptException(path + ": this journal was written by a newer Pickaroon (format version "
                + formatVersion + ", this one reads up to " + JournalCodec.FORMAT_VERSION
                + "); run that version or a later one, or " + MOVE_AWAY);
    }

    static JournalCorruptException impossible(Path path, String what) {
        return new JournalCorruptException(path + ": this journal cannot be trusted (" + what
                + "); restore it together with its checkpoint from a copy, or " + MOVE_AWAY);
    }
}
