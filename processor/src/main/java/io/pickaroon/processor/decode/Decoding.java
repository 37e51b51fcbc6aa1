package io.pickaroon.processor.decode;

import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LogFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The decoded bytes of a file, of which a stretch is in memory. They are decoded once, in order, unless a caller goes
 * back.
 */
final class Decoding {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final LogFile file;
    private final ContentFormat format;
    private InputStream decoded;
    private byte[] buffer = {};
    /** Offset of the buffer's first byte among the decoded ones, and how many it has. */
    private long bufferOffset;

    private int filled;
    private boolean ended;
    private String damage;

    Decoding(LogFile file, ContentFormat format) {
        this.file = file;
        this.format = format;
    }

    ContentFormat format() {
        return format;
    }

    synchronized long endOffset() {
        return bufferOffset + filled;
    }

    /** Decodes up to an offset, or to the end; bytes before the other offset may be dropped. */
    synchronized boolean decodeTo(long endOffset, long keepOffset) throws IOException {
        if (decoded == null && damage == null || keepOffset < bufferOffset) {
            restart();
        }
        while (!ended && bufferOffset + filled < endOffset) {
            if (damage != null) {
                throw new DamagedContentException(damage, null);
            }
            forgetBefore(keepOffset);
            decodeChunk();
        }
        return ended;
    }

    private void restart() throws IOException {
        bufferOffset = 0;
        filled = 0;
        ended = false;
        damage = null;
        try {
            close();
            decoded = format.decode(new Content());
        } catch (IOException e) {
            throw new IOException("%s: %s".formatted(NativePath.printable(file.path()), e.getMessage()), e);
        }
    }

    /** Frees the memory of the decoder. Bytes that are in memory stay there. */
    synchronized void close() throws IOException {
        if (decoded != null) {
            decoded.close();
            decoded = null;
        }
    }

    private void forgetBefore(long keepOffset) {
        int forgotten = Math.clamp(keepOffset - bufferOffset, 0, filled);
        System.arraycopy(buffer, forgotten, buffer, 0, filled - forgotten);
        bufferOffset += forgotten;
        filled -= forgotten;
    }

    private void decodeChunk() throws IOException {
        int needed = Math.addExact(filled, CHUNK_BYTES);
        if (needed > buffer.length) {
            buffer =
                    Arrays.copyOf(buffer, (int) Math.min(Math.max(needed, 2L * buffer.length), Integer.MAX_VALUE - 16));
        }
        try {
            int length = decoded.read(buffer, filled, CHUNK_BYTES);
            ended = length < 0;
            filled += Math.max(0, length);
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private IOException damaged(IOException e) {
        damage =
                "%s: the %s content is damaged or cut off after %d decoded bytes (%s); whole records before that are read, %s"
                        .formatted(
                                NativePath.printable(file.path()),
                                format.name(),
                                endOffset(),
                                e.getMessage(),
                                e instanceof EOFException
                                        ? "the rest is when the file is complete"
                                        : "the rest is when an undamaged copy was written over it");
        return new DamagedContentException(damage, e);
    }

    synchronized void copy(long fromOffset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        if (fromOffset + lengthBytes > endOffset()) {
            throw new FileTruncatedException(file.path(), fromOffset + lengthBytes, endOffset());
        }
        if (fromOffset < bufferOffset) {
            throw new IOException("%s: bytes at %d were decoded and forgotten"
                    .formatted(NativePath.printable(file.path()), fromOffset));
        }
        System.arraycopy(buffer, (int) (fromOffset - bufferOffset), target, targetIndex, lengthBytes);
    }

    /** The bytes of the file as they are. */
    private final class Content extends BulkInputStream {
        private long offset;

        @Override
        public int read(byte[] target, int index, int lengthBytes) throws IOException {
            int length = file.readUpTo(offset, target, index, lengthBytes);
            offset += length;
            return length > 0 || lengthBytes == 0 ? length : -1;
        }
    }
}
