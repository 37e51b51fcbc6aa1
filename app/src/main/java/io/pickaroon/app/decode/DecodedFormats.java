package io.pickaroon.app.decode;

import io.pickaroon.processor.file.ContentFormat;
import io.pickaroon.processor.file.Gzip;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Utf16;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats of files that are decoded. */
public final class DecodedFormats {
    /** All of them. */
    public static final List<ContentFormat> ALL = List.of(new Gzip(), new Zstd(), new Utf16());

    /** How the names of archives end that can be read. */
    private static final List<String> ARCHIVES = List.of(".gz", ".zst");

    private DecodedFormats() {}

    /** Whether a path, or a pattern of paths, is by its end one of archives that can be read. */
    public static boolean isNameOfArchive(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return ARCHIVES.stream().anyMatch(lower::endsWith);
    }

    /** The format of a file; empty if it is read as it is. */
    public static Optional<ContentFormat> of(Path path) throws IOException {
        try (LogFile file = LogFile.open(path)) {
            byte[] head = new byte[(int) Math.min(ContentFormat.HEAD_BYTES, file.sizeBytes())];
            file.read(0, head, 0, head.length);
            return ALL.stream().filter(format -> format.isOf(path, head)).findFirst();
        }
    }
}
