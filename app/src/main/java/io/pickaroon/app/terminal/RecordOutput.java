package io.pickaroon.app.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output for many records: buffered, and able to tell a reader that had enough, such as {@code head}, from a
 * failure such as a full disk.
 */
public final class RecordOutput extends FilterOutputStream {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int buffered;

    /** Standard output takes no more. */
    public static sealed class OutputLost extends IOException {
        private OutputLost(IOException cause) {
            super("standard output cannot be written: " + cause.getMessage(), cause);
        }

        static OutputLost of(IOException cause) {
            return "Broken pipe".equals(cause.getMessage()) ? new ReaderGone(cause) : new OutputLost(cause);
        }
    }

    /** Nobody reads any more: no reason to complain, and none to go on. */
    public static final class ReaderGone extends OutputLost {
        private ReaderGone(IOException cause) {
            super(cause);
        }

        /** Whether this is why something failed. */
        public static boolean isCauseOf(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof ReaderGone) {
                    return true;
                }
            }
            return false;
        }
    }

    public RecordOutput(OutputStream output) {
        super(output);
    }

    @Override
    public void write(int octet) throws IOException {
        if (buffered == buffer.length) {
            drain();
        }
        buffer[buffered++] = (byte) octet;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (length > buffer.length - buffered) {
            drain();
        }
        if (length > buffer.length) {
            pass(bytes, from, length);
        } else {
            System.arraycopy(bytes, from, buffer, buffered, length);
            buffered += length;
        }
    }

    @Override
    public void flush() throws IOException {
        drain();
        out.flush();
    }

    /** Flushes; standard output itself stays open. */
    @Override
    public void close() throws IOException {
        flush();
    }

    private void drain() throws IOException {
        int length = buffered;
        buffered = 0;
        pass(buffer, 0, length);
    }

    private void pass(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw OutputLost.of(e);
        }
    }
}
