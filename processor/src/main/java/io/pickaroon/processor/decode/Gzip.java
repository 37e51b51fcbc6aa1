package io.pickaroon.processor.decode;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;

/** A gzip archive (RFC 1952), of one member or several, recognized by its first two bytes. */
public final class Gzip implements ContentFormat {
    static final int MAGIC_1 = 0x1f;
    static final int MAGIC_2 = 0x8b;

    @Override
    public String name() {
        return "gzip";
    }

    @Override
    public boolean isNameOf(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    @Override
    public boolean isOf(Path path, byte[] head) {
        return head.length >= 2 && (head[0] & 0xff) == MAGIC_1 && (head[1] & 0xff) == MAGIC_2;
    }

    @Override
    public InputStream decode(InputStream content) {
        return new GzipMembers(content);
    }
}
