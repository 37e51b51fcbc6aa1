package io.pickaroon.processor.file;

import java.io.IOException;

/**
 * A read-only mapping of a range of a file, from which bytes can only be copied.
 *
 * <p>The file may be truncated while it is mapped. A copy then ends in {@link FileTruncatedException}; a vector load
 * straight from the mapping would kill the JVM, so the mapping itself is never exposed. Several threads may copy at the
 * same time; {@link #close} waits for none of them, so call it after the last copy.
 */
public interface MappedRange extends AutoCloseable {
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

    @Override
    void close();
}
