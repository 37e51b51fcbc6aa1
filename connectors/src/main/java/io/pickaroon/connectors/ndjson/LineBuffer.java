package io.pickaroon.connectors.ndjson;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Lines in memory on their way to a file, without a copy on the way out. For one thread at a time. */
public final class LineBuffer extends ByteArrayOutputStream {
    private static final int INITIAL_BYTES = 16 * 1024;

    public LineBuffer() {
        super(INITIAL_BYTES);
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** What was written since the last reset; valid until the next write. */
    public ByteBuffer toByteBuffer() {
        return ByteBuffer.wrap(buf, 0, count);
    }
}
