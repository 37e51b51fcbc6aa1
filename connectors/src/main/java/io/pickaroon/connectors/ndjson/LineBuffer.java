package io.pickaroon.connectors.ndjson;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Lines in memory that are written to a file without another copy. For one thread at a time. */
public final class LineBuffer extends ByteArrayOutputStream {
    private static final int INITIAL_BYTES = 16 * 1024;

    public LineBuffer() {
        super(INITIAL_BYTES);
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** The bytes since the last reset; valid until the next write. */
    public ByteBuffer toByteBuffer() {
        return ByteBuffer.wrap(buf, 0, count);
    }
}
