package io.pickaroon.processor.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Text in UTF-16 of either byte order that begins with a byte order mark, decoded to UTF-8 without the mark. A surrogate
 * without its other half, and half a code unit at the end, become U+FFFD.
 */
public final class Utf16 implements ContentFormat {
    private static final int REPLACEMENT = 0xfffd;

    @Override
    public String name() {
        return "UTF-16";
    }

    @Override
    public boolean isOf(Path path, byte[] head) {
        boolean isLittle = startsWith(head, 0xff, 0xfe);
        boolean isUtf32 = isLittle && head.length >= 4 && head[2] == 0 && head[3] == 0;
        return isLittle && !isUtf32 || startsWith(head, 0xfe, 0xff);
    }

    private static boolean startsWith(byte[] head, int first, int second) {
        return head.length >= 2 && (head[0] & 0xff) == first && (head[1] & 0xff) == second;
    }

    @Override
    public InputStream decode(InputStream content) throws IOException {
        boolean isLittle = content.read() == 0xff;
        content.skipNBytes(1);
        return new Utf8(content, isLittle);
    }

    /** The text in UTF-8. */
    private static final class Utf8 extends InputStream {
        private static final int UNITS = 16 * 1024;
        private static final int MOST_BYTES_OF_UNIT = 3;

        private final InputStream content;
        private final boolean isLittle;
        private final byte[] units = new byte[2 * UNITS];
        private final byte[] bytes = new byte[MOST_BYTES_OF_UNIT * (UNITS + 2)];
        private int next;
        private int end;
        /** The first half of a character whose other half is still to be read; 0 if there is none. */
        private char half;

        private boolean ended;

        Utf8(InputStream content, boolean isLittle) {
            this.content = content;
            this.isLittle = isLittle;
        }

        @Override
        public int read() throws IOException {
            return fill() ? bytes[next++] & 0xff : -1;
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
                next = 0;
                end = 0;
                int length = content.readNBytes(units, 0, units.length);
                for (int i = 0; i + 1 < length; i += 2) {
                    int low = units[isLittle ? i : i + 1] & 0xff;
                    int high = units[isLittle ? i + 1 : i] & 0xff;
                    unit((char) (high << 8 | low));
                }
                ended = length < units.length;
                if (ended) {
                    endHalf();
                    if (length % 2 != 0) {
                        codePoint(REPLACEMENT);
                    }
                }
            }
            return next < end;
        }

        private void unit(char unit) {
            if (half != 0 && Character.isLowSurrogate(unit)) {
                codePoint(Character.toCodePoint(half, unit));
                half = 0;
                return;
            }
            endHalf();
            if (Character.isHighSurrogate(unit)) {
                half = unit;
            } else {
                codePoint(Character.isLowSurrogate(unit) ? REPLACEMENT : unit);
            }
        }

        private void endHalf() {
            if (half != 0) {
                codePoint(REPLACEMENT);
                half = 0;
            }
        }

        private void codePoint(int point) {
            if (point < 0x80) {
                bytes[end++] = (byte) point;
            } else if (point < 0x800) {
                bytes[end++] = (byte) (0xc0 | point >> 6);
                bytes[end++] = (byte) (0x80 | point & 0x3f);
            } else if (point < 0x10000) {
                bytes[end++] = (byte) (0xe0 | point >> 12);
                bytes[end++] = (byte) (0x80 | point >> 6 & 0x3f);
                bytes[end++] = (byte) (0x80 | point & 0x3f);
            } else {
                bytes[end++] = (byte) (0xf0 | point >> 18);
                bytes[end++] = (byte) (0x80 | point >> 12 & 0x3f);
                bytes[end++] = (byte) (0x80 | point >> 6 & 0x3f);
                bytes[end++] = (byte) (0x80 | point & 0x3f);
            }
        }
    }
}
