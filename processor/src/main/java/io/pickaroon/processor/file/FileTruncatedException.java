package io.pickaroon.processor.file;

import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Path;

/** The file became shorter than what was being read from it. Nothing of the affected range may be used. */
public final class FileTruncatedException extends IOException {
    private final long sizeBytes;

    /** @param wantedEndOffset exclusive end of the range that was to be read, in bytes from the start of the file */
    public FileTruncatedException(Path path, long wantedEndOffset, long sizeBytes) {
        super("%s was truncated to %d bytes while bytes up to offset %d were being read"
                .formatted(NativePath.printable(path), sizeBytes, wantedEndOffset));
        this.sizeBytes = sizeBytes;
    }

    /** Size of the file when the truncation was noticed. */
    public long sizeBytes() {
        return sizeBytes;
    }
}
