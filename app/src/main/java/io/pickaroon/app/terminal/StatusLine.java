package io.pickaroon.app.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * One line at the bottom of a terminal that is redrawn in place, under a stream of ordinary lines.
 *
 * <p>Lines that are written to {@link #stream()} never mix with the status line: it is erased first, and comes back
 * with the next {@link #show} once the ordinary line is complete. Safe for use by several threads.
 */
final class StatusLine {
    private static final byte[] ERASE = "\r\033[K".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream terminal;
    private final PrintStream stream;
    private boolean shown;
    private boolean atLineStart = true;

    StatusLine(PrintStream terminal) {
        this.terminal = terminal;
        this.stream = new PrintStream(new OrdinaryLines(), true, terminal.charset());
    }

    /** The stream for ordinary lines while the status line is in use. */
    PrintStream stream() {
        return stream;
    }

    /** Replaces the status line. Does nothing while an ordinary line is incomplete. */
    synchronized void show(String line) {
        if (!atLineStart) {
            return;
        }
        try {
            terminal.write(ERASE);
            terminal.write(line.getBytes(StandardCharsets.US_ASCII));
            terminal.flush();
            shown = true;
        } catch (IOException _) {
            shown = false;
        }
    }

    /** Takes the status line off the screen. */
    synchronized void clear() {
        if (shown) {
            try {
                terminal.write(ERASE);
                terminal.flush();
            } catch (IOException _) {
                // a PrintStream keeps its errors to itself, and a progress bar is not worth failing for
            }
            shown = false;
        }
    }

    private void writeOrdinary(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return;
        }
        synchronized (this) {
            clear();
            terminal.write(bytes, from, length);
            terminal.flush();
            atLineStart = bytes[from + length - 1] == '\n';
        }
    }

    private final class OrdinaryLines extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            writeOrdinary(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            writeOrdinary(bytes, from, length);
        }
    }
}
