package io.pickaroon.app.check;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import io.pickaroon.processor.file.ReadRange;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The beginning of a stream in memory, as a file: several inputs read it, and records that are more than a line. It has no
 * identity of its own. Nothing is written to it. Thread-safe.
 */
record StreamedLog(Path path, byte[] content) implements LogFile {
    @Override
    public LogFile knownAs(Path name, int generation) {
        throw new UnsupportedOperationException("a stream has one name");
    }

    @Override
    public FileIdentity identity() {
        return new FileIdentity(0, 0, 0);
    }

    @Override
    public long sizeBytes() {
        return content.length;
    }

    @Override
    public MappedRange map(long offset, long endOffset) throws IOException {
        requireWithin(endOffset);
        return new ReadRange(this, offset, endOffset);
    }

    @Override
    public void read(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        requireWithin(offset + lengthBytes);
        System.arraycopy(content, (int) offset, target, targetIndex, lengthBytes);
    }

    private void requireWithin(long endOffset) throws IOException {
        if (endOffset > content.length) {
            throw new FileTruncatedException(path, endOffset, content.length);
        }
    }

    @Override
    public void write(long offset, byte[] source, int sourceIndex, int lengthBytes) {
        throw new UnsupportedOperationException("a stream is read only");
    }

    @Override
    public void sync() {
        throw new UnsupportedOperationException("a stream is read only");
    }

    @Override
    public void close() {
        // Others read it, too.
    }
}
