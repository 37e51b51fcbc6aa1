package io.pickaroon.inputs.decode;

import io.pickaroon.processor.decode.ContentFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A Zstandard archive (RFC 8878), of one frame or several, told by its first four bytes. A skippable frame, which LZ4 has
 * too, begins one only if the name ends in {@code .zst}.
 */
final class Zstd implements ContentFormat {
    private static final int MAGIC = 0xfd2fb528;
    /** Of skippable frames, whose last four bits may have any value. */
    private static final int SKIPPABLE_MAGIC = 0x184d2a50;

    @Override
    public String name() {
        return "zstd";
    }

    @Override
    public boolean isNameOf(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(".zst");
    }

    @Override
    public boolean isOf(Path path, byte[] head) {
        if (head.length < Integer.BYTES) {
            return false;
        }
        int magic = head[0] & 0xff | (head[1] & 0xff) << 8 | (head[2] & 0xff) << 16 | head[3] << 24;
        return magic == MAGIC || (magic & 0xfffffff0) == SKIPPABLE_MAGIC && isNameOf(path.toString());
    }

    @Override
    public InputStream decode(InputStream content) throws IOException {
        try {
            return new ZstdFrames(content);
        } catch (LinkageError e) {
            throw new IOException(
                    "zstd's native library cannot be loaded: " + e.getMessage()
                            + "; set java.io.tmpdir to a directory that is not mounted noexec",
                    e);
        }
    }
}
