package io.pickaroon.app.search;

import io.pickaroon.processor.directio.NativePath;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A stream that says its name when it cannot be read. */
public final class NamedStream extends FilterInputStream {
    private final Path name;

    public NamedStream(InputStream stream, Path name) {
        super(stream);
        this.name = name;
    }

    @Override
    public int read(byte[] target, int index, int lengthBytes) throws IOException {
        try {
            return in.read(target, index, lengthBytes);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Some streams, such as of a device, cannot tell: then what comes next has to be waited for. */
    @Override
    public int available() {
        try {
            return in.available();
        } catch (IOException _) {
            return 0;
        }
    }

    private IOException unreadable(IOException e) {
        return new IOException(NativePath.printable(name) + ": cannot be read: " + e.getMessage(), e);
    }
}
