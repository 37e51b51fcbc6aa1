package io.pickaroon.processor.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A range that is read where it is copied, and not mapped: for small windows, and what a live tail has grown by. */
public record ReadRange(LogFile file, long offset, long endOffset) implements MappedRange {
    @Override
    public void copy(long fromOffset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        file.read(fromOffset, target, targetIndex, lengthBytes);
    }

    @Override
    public void copy(long fromOffset, MemorySegment target, int lengthBytes) throws IOException {
        file.read(fromOffset, target.asSlice(0, lengthBytes).asByteBuffer());
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
