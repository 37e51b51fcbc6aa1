package io.pickaroon.processor.decode;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The decoded bytes of the members of a gzip archive. Each byte of the archive belongs to a member, or to the zeros
 * after the last one; anything else is an error, as for {@code gzip -t}. Bytes decoded before an error are returned
 * before it is thrown. Used by one thread at a time.
 */
final class GzipMembers extends BulkInputStream {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int DEFLATE = 8;
    private static final int HAS_CHECKSUM = 0x02;
    private static final int HAS_EXTRA = 0x04;
    private static final int HAS_NAME = 0x08;
    private static final int HAS_COMMENT = 0x10;
    /** Encrypted in an old draft, and reserved. */
    private static final int UNKNOWN_FLAGS = 0xe0;

    private final InputStream content;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] input = new byte[BUFFER_BYTES];
    /** Offset in the archive of the first byte of the input. */
    private long inputOffset;

    private int next;
    private int end;
    private long memberOffset;
    private boolean isInMember;
    private boolean ended;

    /** @param content the archive; closed by the caller */
    GzipMembers(InputStream content) {
        this.content = content;
    }

    @Override
    public int read(byte[] target, int index, int lengthBytes) throws IOException {
        if (lengthBytes == 0) {
            return 0;
        }
        while (!ended) {
            if (!isInMember && !beginMember()) {
                ended = true;
                break;
            }
            int length = inflate(target, index, lengthBytes);
            if (length > 0) {
                checksum.update(target, index, length);
                return length;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsDictionary()) {
                throw damaged("it needs a dictionary");
            } else {
                fillInflater();
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int index, int lengthBytes) throws IOException {
        try {
            return inflater.inflate(target, index, lengthBytes);
        } catch (DataFormatException e) {
            throw damaged(e.getMessage() == null ? "invalid data" : e.getMessage());
        }
    }

    private void fillInflater() throws IOException {
        if (next == end && !fill()) {
            throw cut();
        }
        inflater.setInput(input, next, end - next);
        next = end;
    }

    /** Reads the header of the next member. False if nothing but padding is left. */
    private boolean beginMember() throws IOException {
        boolean isFirst = offset() == 0;
        memberOffset = offset();
        if (next == end && !fill()) {
            return false;
        }
        if (input[next] == 0 && !isFirst) {
            requirePadding();
            return false;
        }
        checksum.reset();
        if (headerByte() != Gzip.MAGIC_1 || headerByte() != Gzip.MAGIC_2) {
            throw new IOException("at byte %d there is neither a member nor padding".formatted(memberOffset));
        }
        int method = headerByte();
        int flags = headerByte();
        if (method != DEFLATE || (flags & UNKNOWN_FLAGS) != 0) {
            throw damaged("method %d with flags 0x%02x is unknown".formatted(method, flags));
        }
        skipHeader(6);
        if ((flags & HAS_EXTRA) != 0) {
            skipHeader(headerByte() | headerByte() << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_CHECKSUM) != 0) {
            int expected = (int) checksum.getValue() & 0xffff;
            if ((headerByte() | headerByte() << 8) != expected) {
                throw damaged("the checksum of its header is wrong");
            }
        }
        checksum.reset();
        inflater.reset();
        isInMember = true;
        return true;
    }

    private void requirePadding() throws IOException {
        do {
            for (; next < end; next++) {
                if (input[next] != 0) {
                    throw new IOException("at byte %d, after padding, there is no padding".formatted(offset()));
                }
            }
        } while (fill());
    }

    private void skipHeader(int lengthBytes) throws IOException {
        for (int i = 0; i < lengthBytes; i++) {
            headerByte();
        }
    }

    private void skipText() throws IOException {
        int read;
        do {
            read = headerByte();
        } while (read != 0);
    }

    private int headerByte() throws IOException {
        int read = nextByte();
        checksum.update(read);
        return read;
    }

    private void endMember() throws IOException {
        next = end - inflater.getRemaining();
        if (nextInt() != (int) checksum.getValue()) {
            throw damaged("its checksum is wrong");
        }
        if (nextInt() != (int) inflater.getBytesWritten()) {
            throw damaged("its length is wrong");
        }
        isInMember = false;
    }

    private int nextInt() throws IOException {
        return nextByte() | nextByte() << 8 | nextByte() << 16 | nextByte() << 24;
    }

    private int nextByte() throws IOException {
        if (next == end && !fill()) {
            throw cut();
        }
        return input[next++] & 0xff;
    }

    private boolean fill() throws IOException {
        inputOffset += end;
        next = 0;
        end = Math.max(0, content.read(input, 0, input.length));
        return end > 0;
    }

    private long offset() {
        return inputOffset + next;
    }

    private EOFException cut() {
        return new EOFException("it ends within the member that begins at byte %d".formatted(memberOffset));
    }

    private IOException damaged(String reason) {
        return new IOException("the member that begins at byte %d: %s".formatted(memberOffset, reason));
    }

    @Override
    public void close() {
        inflater.end();
    }
}
