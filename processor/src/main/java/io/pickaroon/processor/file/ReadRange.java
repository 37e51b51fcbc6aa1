package io.pickaroon.processor.file;

import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * A range that is read where it is copied, and not mapped: for small windows, what a live tail has grown by, and windows
 * that are searched in native memory.
 */
public record ReadRange(LogFile file, long offset, long endOffset) implements MappedRange {
    @Override
    public void copy(long fromOffset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        try {
            file.read(fromOffset, target, targetIndex, lengthBytes);
        } catch (ClosedChannelException closed) {
            throw unreadable(closed);
        }
    }

    @Override
    public void copy(long fromOffset, ByteBuffer target) throws IOException {
        try {
            file.read(fromOffset, target);
        } catch (ClosedChannelException closed) {
            throw unreadable(closed);
        }
    }

    private IOException unreadable(ClosedChannelException closed) {
        return new IOException(
                NativePath.printable(file.path()) + " was closed while a window of it was being read", closed);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
