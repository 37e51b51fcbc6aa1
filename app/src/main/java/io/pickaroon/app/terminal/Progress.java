package io.pickaroon.app.terminal;

import java.util.Objects;
import java.util.Optional;

/**
 * How far a long piece of work has come.
 *
 * @param doneBytes bytes dealt with
 * @param totalBytes bytes there are to deal with, or {@link #UNKNOWN_TOTAL}; less than {@code doneBytes} when files
 *     grew meanwhile
 * @param matches matches found, or {@link #NO_MATCHES}
 * @param awaited what the work waits for at this moment, in words; empty if it goes on
 */
public record Progress(long doneBytes, long totalBytes, long matches, Optional<String> awaited) {
    /** The end is not known: files are being followed. */
    public static final long UNKNOWN_TOTAL = -1;

    /** Work that looks for none. */
    public static final long NO_MATCHES = -1;

    public Progress {
        Objects.requireNonNull(awaited, "awaited");
    }

    /** Of work that goes on. */
    public Progress(long doneBytes, long totalBytes, long matches) {
        this(doneBytes, totalBytes, matches, Optional.empty());
    }
}
