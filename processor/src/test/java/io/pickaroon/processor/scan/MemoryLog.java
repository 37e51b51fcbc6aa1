package io.pickaroon.processor.scan;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import java.nio.file.Path;

/** A file that is an array: no system call for each of millions of runs. */
public record MemoryLog(byte[] bytes) implements LogFile {
    @Override
    public LogFile knownAs(Path path, int generation) {
        return this;
    }

    @Override
    public Path path() {
        return Path.of("/memory.log");
    }

    @Override
    public FileIdentity identity() {
        return new FileIdentity(1, 1, 1);
    }

    @Override
    public long sizeBytes() {
        return bytes.length;
    }

    @Override
    public MappedRange map(long offset, long endOffset) {
        return new MemoryRange(bytes, offset, endOffset);
    }

    @Override
    public void read(long offset, byte[] target, int targetIndex, int lengthBytes) {
        System.arraycopy(bytes, Math.toIntExact(offset), target, targetIndex, lengthBytes);
    }

    @Override
    public void write(long offset, byte[] source, int sourceIndex, int lengthBytes) {
        throw new UnsupportedOperationException("a scan changes nothing");
    }

    @Override
    public void sync() {}

    @Override
    public void close() {}

    private record MemoryRange(byte[] bytes, long offset, long endOffset) implements MappedRange {
        @Override
        public void copy(long fromOffset, byte[] target, int targetIndex, int lengthBytes) {
            if (fromOffset < offset || fromOffset + lengthBytes > endOffset) {
                throw new IndexOutOfBoundsException(
                        "%d and %d more are not in [%d, %d)".formatted(fromOffset, lengthBytes, offset, endOffset));
            }
            System.arraycopy(bytes, Math.toIntExact(fromOffset), target, targetIndex, lengthBytes);
        }

        @Override
        public void close() {}
    }
}
