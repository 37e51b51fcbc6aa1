package io.pickaroon.processor.file;

import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A range of a file in a file system, mapped by the kernel. */
final class ChannelRange implements MappedRange {
    private final Path path;
    private final FileChannel channel;
    private final long offset;
    private final long endOffset;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment mapping;

    /** @throws FileTruncatedException if the file does not reach to the end of the range */
    ChannelRange(Path path, FileChannel channel, long offset, long endOffset) throws IOException {
        this.path = path;
        this.channel = channel;
        this.offset = offset;
        this.endOffset = endOffset;
        try {
            this.mapping = channel.map(FileChannel.MapMode.READ_ONLY, offset, endOffset - offset, arena);
        } catch (IOException e) {
            arena.close();
            // The JVM maps nothing behind the end of a file, and speaks of a channel that is not open for writing.
            requireReaches(endOffset);
            throw e;
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public long endOffset() {
        return endOffset;
    }

    /**
     * A page that is gone is an {@code InternalError}, which compiled code throws late: not where the page was missed,
     * but when the thread next comes back from native code. Reading the size afterwards does, so it belongs in the try.
     */
    @Override
    public void copy(long fromOffset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        try {
            MemorySegment.copy(mapping, ValueLayout.JAVA_BYTE, fromOffset - offset, target, targetIndex, lengthBytes);
            requireReaches(fromOffset + lengthBytes);
        } catch (InternalError pageIsGone) {
            throw unreadable(fromOffset, lengthBytes, pageIsGone);
        }
    }

    /** Fails as the other copy does. */
    @Override
    public void copy(long fromOffset, ByteBuffer target) throws IOException {
        int lengthBytes = target.remaining();
        try {
            MemorySegment.copy(mapping, fromOffset - offset, MemorySegment.ofBuffer(target), 0, lengthBytes);
            requireReaches(fromOffset + lengthBytes);
        } catch (InternalError pageIsGone) {
            throw unreadable(fromOffset, lengthBytes, pageIsGone);
        }
        target.position(target.limit());
    }

    private IOException unreadable(long fromOffset, int lengthBytes, InternalError pageIsGone) throws IOException {
        requireReaches(fromOffset + lengthBytes);
        return new IOException(
                "%s cannot be read at offset %d; the kernel's log says why (dmesg)"
                        .formatted(NativePath.printable(path), fromOffset),
                pageIsGone);
    }

    /** The page that holds the new end of a truncated file reads as zeros past that end, without any fault. */
    private void requireReaches(long wantedEndOffset) throws IOException {
        long sizeBytes = sizeBytes();
        if (sizeBytes < wantedEndOffset) {
            throw new FileTruncatedException(path, wantedEndOffset, sizeBytes);
        }
    }

    private long sizeBytes() throws IOException {
        try {
            return channel.size();
        } catch (ClosedChannelException closed) {
            throw new IOException(
                    NativePath.printable(path) + " was closed while a window of it was being read", closed);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
