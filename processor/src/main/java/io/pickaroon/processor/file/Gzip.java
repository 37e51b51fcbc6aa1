package io.pickaroon.processor.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** A gzip archive (RFC 1952), of one member or several, whose name ends in {@code .gz}. */
public final class Gzip implements ContentFormat {
    private static final int BUFFER_BYTES = 64 * 1024;

    @Override
    public String name() {
        return "gzip";
    }

    @Override
    public boolean isOf(Path path, byte[] head) {
        boolean isNamed = path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz");
        return isNamed && head.length >= 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b;
    }

    @Override
    public InputStream decode(InputStream content) throws IOException {
        return new GZIPInputStream(content, BUFFER_BYTES);
    }
}
