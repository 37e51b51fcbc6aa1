package io.pickaroon.processor.directio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A file that is written in whole blocks, each write durable when it returns. Checkpoints and journals are written
 * through it. Tests replace it by a twin that tears writes and crashes.
 *
 * <p>Used by one thread at a time. After a write, allocation or truncation that failed, what the device holds is
 * unknown, and a sync that failed once may report success the next time: so that failure is final, and every later
 * change throws. A {@link NoRoomException} is none of these.
 */
public interface BlockFile extends AutoCloseable {
    Path path();

    /** Unit of every write, in bytes: a power of two, at least 4096. */
    int blockBytes();

    /** False if the file system has no direct I/O; writes are durable all the same. */
    boolean isDirect();

    long sizeBytes() throws IOException;

    /**
     * Memory from which {@link #write} need not copy: position 0, limit {@code sizeBytes}, big endian, content
     * undefined. There is one such buffer; it is valid until the next call or until the file is closed.
     */
    ByteBuffer buffer(int sizeBytes) throws IOException;

    /**
     * Fills {@code into}, or as much of it as the file has from {@code offset} on.
     *
     * @param offset a multiple of {@link #blockBytes}
     * @return number of bytes read, less than wanted only at the end of the file
     */
    int read(long offset, ByteBuffer into) throws IOException;

    /**
     * Writes what remains in {@code from}; durable on return, the size of the file included. Not atomic: a crash in
     * between leaves any subset of its sectors written.
     *
     * @param offset a multiple of {@link #blockBytes}, as must be the number of bytes remaining
     */
    void write(long offset, ByteBuffer from) throws IOException;

    /**
     * Makes the file at least that long, its space reserved and what is new reading as zeros; durable on return.
     *
     * @throws NoRoomException if its file system is full; the file is as before
     */
    void allocate(long sizeBytes) throws IOException;

    @Override
    void close() throws IOException;

    /** A file cannot be made or grow, because its file system is full. Nothing was written, and the same may be tried again. */
    final class NoRoomException extends IOException {
        /** @param message names the file, the reason and the remedy */
        public NoRoomException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
