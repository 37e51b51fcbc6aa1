package io.pickaroon.processor.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Text in UTF-16 of either byte order that begins with a byte order mark, decoded to UTF-8 without the mark. A
 * surrogate without its other half becomes U+FFFD.
 *
 * <p>Half a character at the end, whose rest may still be written, is left out. So the decoded bytes of a text only
 * grow when the text grows, and their offsets stay the same.
 */
public final class Utf16 implements ContentFormat {
    /** Length of the byte order mark. */
    static final int MARK_BYTES = 2;

    @Override
    public String name() {
        return "UTF-16";
    }

    @Override
    public boolean isOf(Path path, byte[] head) {
        boolean isLittle = isLittle(head);
        boolean isUtf32 = isLittle && head.length >= 4 && head[2] == 0 && head[3] == 0;
        return isLittle && !isUtf32 || startsWith(head, 0xfe, 0xff);
    }

    /** True if more bytes are needed to decide whether a file is of this format. */
    static boolean isUndecided(byte[] head) {
        return head.length == 0
                || head.length == 1 && ((head[0] & 0xff) == 0xff || (head[0] & 0xff) == 0xfe)
                || head.length < 4 && isLittle(head);
    }

    /** True if the byte order mark is that of little endian. */
    static boolean isLittle(byte[] head) {
        return startsWith(head, 0xff, 0xfe);
    }

    private static boolean startsWith(byte[] head, int first, int second) {
        return head.length >= 2 && (head[0] & 0xff) == first && (head[1] & 0xff) == second;
    }

    @Override
    public InputStream decode(InputStream content) throws IOException {
        return new Utf8(content, new Utf16Units(isLittle(content.readNBytes(MARK_BYTES))));
    }

    /** The text in UTF-8. */
    private static final class Utf8 extends BulkInputStream {
        private static final int UNITS_BYTES = 32 * 1024;

        private final InputStream content;
        private final Utf16Units order;
        private final byte[] units = new byte[UNITS_BYTES];
        private final byte[] bytes = new byte[Utf16Units.mostDecoded(UNITS_BYTES)];
        private int next;
        private int end;
        /** Number of bytes at the start of the units that are part of a character whose rest is still to be read. */
        private int begun;

        private boolean ended;
        /** Thrown when all before it was returned. */
        private IOException failure;

        Utf8(InputStream content, Utf16Units order) {
            this.content = content;
            this.order = order;
        }

        @Override
        public int read(byte[] target, int index, int lengthBytes) throws IOException {
            if (lengthBytes == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int length = Math.min(lengthBytes, end - next);
            System.arraycopy(bytes, next, target, index, length);
            next += length;
            return length;
        }

        private boolean fill() throws IOException {
            while (next == end && !ended) {
                int length = readUnits();
                int complete = order.complete(units, length);
                next = 0;
                end = order.decode(units, complete, bytes);
                begun = length - complete;
                System.arraycopy(units, complete, units, 0, begun);
            }
            if (next == end && failure != null) {
                throw failure;
            }
            return next < end;
        }

        /** Fills the buffer as far as there is room, and returns how many bytes it has then. */
        private int readUnits() throws IOException {
            int length = begun;
            try {
                while (length < units.length && !ended) {
                    int read = content.read(units, length, units.length - length);
                    ended = read < 0;
                    length += Math.max(0, read);
                }
            } catch (IOException e) {
                failure = e;
                ended = true;
            }
            return length;
        }
    }
}
