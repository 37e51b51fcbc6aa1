package io.pickaroon.processor.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A range of a file, mapped or read where it is copied. Bytes can only be copied out of it.
 *
 * <p>The file may be truncated meanwhile. A copy then ends in {@link FileTruncatedException}; a vector load
 * straight from the mapping would kill the JVM, so the mapping itself is never exposed. Several threads may copy at the
 * same time; {@link #close} waits for none of them, so call it after the last copy.
 */
public interface MappedRange extends AutoCloseable {
    /** Copied at a time where bytes go by way of the heap. */
    int STEP_BYTES = 16 * 1024;

    /** First mapped byte, as an offset in the file. */
    long offset();

    /** Exclusive end of what is mapped, as an offset in the file. */
    long endOffset();

    /**
     * Copies bytes out of the file.
     *
     * @param fromOffset first byte, as an offset in the file, within the mapped range
     * @throws FileTruncatedException if the file no longer reaches to the end of the copied range
     */
    void copy(long fromOffset, byte[] target, int targetIndex, int lengthBytes) throws IOException;

    /**
     * Fills a buffer of native memory from its position to its limit, as {@link #copy(long, byte[], int, int)} does. This
     * one goes by way of the heap.
     */
    default void copy(long fromOffset, ByteBuffer target) throws IOException {
        byte[] step = new byte[Math.min(STEP_BYTES, target.remaining())];
        for (long next = fromOffset; target.hasRemaining(); ) {
            int length = Math.min(step.length, target.remaining());
            copy(next, step, 0, length);
            target.put(step, 0, length);
            next += length;
        }
    }

    @Override
    void close();
}
