package io.pickaroon.inputs.decode;

import io.pickaroon.config.glob.Glob;
import io.pickaroon.processor.decode.ContentFormat;
import io.pickaroon.processor.decode.DecodedFile;
import io.pickaroon.processor.decode.Gzip;
import io.pickaroon.processor.decode.Utf16;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The formats of files that are decoded. */
public final class DecodedFormats {
    /** Those of archives. */
    public static final List<ContentFormat> ARCHIVES = List.of(new Gzip(), new Zstd());

    /** All of them. */
    public static final List<ContentFormat> ALL = List.of(new Gzip(), new Zstd(), new Utf16());

    private DecodedFormats() {}

    /** Whether a pattern of paths is, by one of its ends, one of archives that can be read. */
    public static boolean isPatternOfArchives(String pattern) {
        return Glob.alternatives(pattern).stream().anyMatch(DecodedFormats::isNameOfArchive);
    }

    /** Whether a path is, by its end, one of an archive that can be read. */
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
