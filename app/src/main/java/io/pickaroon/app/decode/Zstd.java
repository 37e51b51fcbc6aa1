package io.pickaroon.app.decode;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.pickaroon.processor.file.ContentFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;

/** A Zstandard archive (RFC 8878), of one frame or several, whose name ends in {@code .zst}. */
final class Zstd implements ContentFormat {
    private static final byte[] MAGIC = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    @Override
    public String name() {
        return "zstd";
    }

    @Override
    public boolean isOf(Path path, byte[] head) {
        boolean isNamed = path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zst");
        for (int i = 0; isNamed && i < MAGIC.length; i++) {
            isNamed = i < head.length && head[i] == MAGIC[i];
        }
        return isNamed;
    }

    @Override
    public InputStream decode(InputStream content) throws IOException {
        try {
            return new ZstdInputStreamNoFinalizer(content);
        } catch (LinkageError e) {
            throw new IOException(
                    "zstd's native library cannot be loaded: " + e.getMessage()
                            + "; set java.io.tmpdir to a directory that is not mounted noexec",
                    e);
        }
    }
}
