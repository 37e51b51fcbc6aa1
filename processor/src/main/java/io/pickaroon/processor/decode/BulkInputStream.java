package io.pickaroon.processor.decode;

import java.io.IOException;
import java.io.InputStream;

/** A stream that is read many bytes at once, so that a single one costs as much as many. */
abstract class BulkInputStream extends InputStream {
    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] target, int index, int lengthBytes) throws IOException;
}
