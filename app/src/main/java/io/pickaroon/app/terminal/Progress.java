package io.pickaroon.app.terminal;

/**
 * How far a long piece of work has come.
 *
 * @param doneBytes bytes dealt with
 * @param totalBytes bytes there are to deal with, or {@link #UNKNOWN_TOTAL}; less than {@code doneBytes} when files
 *     grew meanwhile
 * @param matches matches found
 */
public record Progress(long doneBytes, long totalBytes, long matches) {
    /** The end is not known: files are being followed. */
    public static final long UNKNOWN_TOTAL = -1;
}
