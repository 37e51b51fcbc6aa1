package io.pickaroon.processor.file;

import java.io.IOException;
import java.nio.file.Path;

/** The file became shorter than what was being read from it. Nothing of the affected range may be used. */
public final class FileTruncatedException extends IOException {
    private final transient Path path;
    private final long wantedEndOffset;
    private final long sizeBytes;

    public FileTruncatedException(Path path, long wantedEndOffset, long sizeBytes) {
        super("%s was truncated to %d bytes while bytes up to offset %d were being read"
                .formatted(path, sizeBytes, wantedEndOffset));
        this.path = path;
        this.wantedEndOffset = wantedEndOffset;
        this.sizeBytes = sizeBytes;
    }

    public Path path() {
        return path;
    }

    /** Exclusive end of the range that was to be read, in bytes from the start of the file. */
    public long wantedEndOffset() {
        return wantedEndOffset;
    }

    /** Size of the file when the truncation was noticed. */
    public long sizeBytes() {
        return sizeBytes;
    }
}
