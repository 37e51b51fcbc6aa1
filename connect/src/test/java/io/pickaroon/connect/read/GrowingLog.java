package io.pickaroon.connect.read;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import java.io.IOException;
import java.nio.file.Path;

/** A file of which only a part is written so far. In memory: no system call for each of many thousands of files. */
final class GrowingLog implements LogFile {
    private static final Path NAME = Path.of("/made.log");

    private byte[] bytes;
    private int size;

    GrowingLog(byte[] bytes, int size) {
        this.bytes = bytes;
        this.size = size;
    }

    void growTo(int newSize) {
        size = newSize;
    }

    void replace(byte[] other) {
        bytes = other;
        size = other.length;
    }

    @Override
    public LogFile knownAs(Path path, int generation) {
        return this;
    }

    @Override
    public Path path() {
        return NAME;
    }

    @Override
    public FileIdentity identity() {
        return new FileIdentity(1, 1, 0);
    }

    @Override
    public long sizeBytes() {
        return size;
    }

    @Override
    public MappedRange map(long offset, long endOffset) throws IOException {
        requireReaches(endOffset);
        return new MappedRange() {
            @Override
            public long offset() {
                return offset;
            }

            @Override
            public long endOffset() {
                return endOffset;
            }

            @Override
            public void copy(long fromOffset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
                read(fromOffset, target, targetIndex, lengthBytes);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void read(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        requireReaches(offset + lengthBytes);
        System.arraycopy(bytes, Math.toIntExact(offset), target, targetIndex, lengthBytes);
    }

    private void requireReaches(long endOffset) throws IOException {
        if (endOffset > size) {
            throw new FileTruncatedException(NAME, endOffset, size);
        }
    }

    @Override
    public void write(long offset, byte[] source, int sourceIndex, int lengthBytes) {
        throw new UnsupportedOperationException("reading changes nothing");
    }

    @Override
    public void sync() {}

    @Override
    public void close() {}
}
