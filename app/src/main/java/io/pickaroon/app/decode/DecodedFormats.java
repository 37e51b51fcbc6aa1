package io.pickaroon.app.decode;

import io.pickaroon.processor.file.ContentFormat;
import io.pickaroon.processor.file.DecodedFile;
import io.pickaroon.processor.file.Gzip;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Utf16;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The formats of files that are decoded. */
public final class DecodedFormats {
    /** All of them. */
    public static final List<ContentFormat> ALL = List.of(new Gzip(), new Zstd(), new Utf16());

    private DecodedFormats() {}

    /** Whether a path, or a pattern of paths, is by its end one of archives that can be read. */
    public static boolean isNameOfArchive(String path) {
        return ALL.stream().anyMatch(format -> format.isNameOf(path));
    }

    /** The format of a file; empty if it is read as it is. */
    public static Optional<ContentFormat> of(Path path) throws IOException {
        try (LogFile file = LogFile.open(path)) {
            return DecodedFile.of(file, ALL).map(DecodedFile::format);
        }
    }
}
