package io.pickaroon.processor.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A read-only mapping of a range of a file, from which bytes can only be copied.
 *
 * <p>The file may be truncated while it is mapped. A copy then ends in {@link FileTruncatedException}; a vector load
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
     * Copies bytes out of the file to the beginning of native memory, as {@link #copy(long, byte[], int, int)} does. This
     * one goes by way of the heap.
     */
    default void copy(long fromOffset, MemorySegment target, int lengthBytes) throws IOException {
        byte[] step = new byte[Math.min(STEP_BYTES, lengthBytes)];
        for (int done = 0; done < lengthBytes; done += step.length) {
            int length = Math.min(step.length, lengthBytes - done);
            copy(fromOffset + done, step, 0, length);
            MemorySegment.copy(step, 0, target, ValueLayout.JAVA_BYTE, done, length);
        }
    }

    @Override
    void close();
}
