package io.pickaroon.processor.audit;

import io.pickaroon.processor.directio.BlockFile.NoRoomException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of a trail. Used by one thread at a time. Tests replace it by a twin that crashes. */
public interface TrailFile extends AutoCloseable {
    long sizeBytes() throws IOException;

    /** Fills {@code into}, or as much of it as the file has from {@code offset} on. Returns the number of bytes. */
    int read(long offset, ByteBuffer into) throws IOException;

    /**
     * Writes what remains in {@code bytes}; durable only after {@link #sync}.
     *
     * @throws NoRoomException if the file system is full; some of it may have been written
     */
    void write(long offset, ByteBuffer bytes) throws IOException;

    /** Makes content and length durable. */
    void sync() throws IOException;

    /** Cuts the file off; durable on return. */
    void truncate(long sizeBytes) throws IOException;

    /** False if another file has its name, or none. */
    boolean hasItsName() throws IOException;

    @Override
    void close() throws IOException;
}
