package io.pickaroon.processor.window;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import io.pickaroon.processor.file.ReadRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * The bytes of a stream that are in memory, as a file that grows at its end and is forgotten at its beginning. Used by one
 * thread at a time.
 */
final class StreamedFile implements LogFile {
    private static final byte LINE_FEED = '\n';

    private final Path name;
    private byte[] buffer = new byte[128 * 1024];
    /** Offset of the buffer's first byte in the stream, and how many it has. */
    private long bufferOffset;

    private int filled;

    StreamedFile(Path name) {
        this.name = name;
    }

    /**
     * Reads what waits, at least a byte, which may take until there is one.
     *
     * @param mostBytes how much is read at most
     * @param keepOffset bytes before this one may be forgotten; asked only where there is no room
     * @return how much was read; negative at the end of the stream
     */
    int read(InputStream stream, int mostBytes, LongSupplier keepOffset) throws IOException {
        makeRoom(mostBytes, keepOffset);
        int from = filled;
        int read;
        do {
            read = stream.read(buffer, filled, mostBytes - (filled - from));
            filled += Math.max(0, read);
        } while (read > 0 && filled - from < mostBytes && stream.available() > 0);
        return filled == from ? -1 : filled - from;
    }

    private void makeRoom(int neededBytes, LongSupplier keepOffset) {
        if (buffer.length - filled >= neededBytes) {
            return;
        }
        int forgotten = Math.clamp(keepOffset.getAsLong() - bufferOffset, 0, filled);
        int kept = filled - forgotten;
        // Where much is kept the buffer grows, so that it is not copied for each block.
        boolean isTight = kept > buffer.length / 2 || buffer.length - kept < neededBytes;
        byte[] target = isTight ? new byte[Math.addExact(2 * kept, neededBytes)] : buffer;
        System.arraycopy(buffer, forgotten, target, 0, kept);
        buffer = target;
        bufferOffset += forgotten;
        filled = kept;
    }

    /** The offset after the last line feed at or after an offset, or -1. */
    long lastLineEnd(long fromOffset) {
        for (int i = filled - 1; i >= fromOffset - bufferOffset; i--) {
            if (buffer[i] == LINE_FEED) {
                return bufferOffset + i + 1;
            }
        }
        return -1;
    }

    /** Removes the bytes from an offset up to the next line feed; up to the end, and returns false, if there is none. */
    boolean removeToLineFeed(long fromOffset) {
        int from = (int) (fromOffset - bufferOffset);
        int to = from;
        while (to < filled && buffer[to] != LINE_FEED) {
            to++;
        }
        System.arraycopy(buffer, to, buffer, from, filled - to);
        filled -= to - from;
        return filled > from;
    }

    @Override
    public long firstOffset() {
        return bufferOffset;
    }

    @Override
    public long sizeBytes() {
        return bufferOffset + filled;
    }

    @Override
    public Path path() {
        return name;
    }

    @Override
    public LogFile knownAs(Path path, int generation) {
        throw new UnsupportedOperationException("a stream has one name");
    }

    @Override
    public FileIdentity identity() {
        throw new UnsupportedOperationException("a stream has no identity");
    }

    @Override
    public MappedRange map(long offset, long endOffset) throws IOException {
        if (endOffset > sizeBytes()) {
            throw new FileTruncatedException(name, endOffset, sizeBytes());
        }
        return new ReadRange(this, offset, endOffset);
    }

    @Override
    public void read(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        System.arraycopy(buffer, index(offset, lengthBytes), target, targetIndex, lengthBytes);
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        int lengthBytes = target.remaining();
        target.put(buffer, index(offset, lengthBytes), lengthBytes);
    }

    private int index(long offset, int lengthBytes) throws IOException {
        if (offset < bufferOffset) {
            throw new IOException("%s: bytes at %d were read and forgotten".formatted(name, offset));
        }
        if (offset + lengthBytes > sizeBytes()) {
            throw new FileTruncatedException(name, offset + lengthBytes, sizeBytes());
        }
        return (int) (offset - bufferOffset);
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
        buffer = Arrays.copyOf(buffer, 0);
        filled = 0;
    }
}
