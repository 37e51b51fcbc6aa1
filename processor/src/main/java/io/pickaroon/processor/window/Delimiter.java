package io.pickaroon.processor.window;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What ends a line. Immutable. */
public final class Delimiter {
    private static final byte LINE_FEED = '\n';
    private static final byte CARRIAGE_RETURN = '\r';

    /** A line feed, together with a carriage return right before it if there is one. */
    public static final Delimiter AUTO = new Delimiter("AUTO", new byte[] {LINE_FEED}, true);
    /** A line feed; a carriage return before it belongs to the record. */
    public static final Delimiter LF = new Delimiter("LF", new byte[] {LINE_FEED}, false);
    /** A carriage return and a line feed; either of them alone belongs to the record. */
    public static final Delimiter CRLF = new Delimiter("CRLF", new byte[] {CARRIAGE_RETURN, LINE_FEED}, false);

    /** Most bytes that one delimiter takes. */
    public static final int MAX_BYTES = 16;

    private final String name;
    private final byte[] bytes;
    private final byte lastByte;
    /** Bytes before the last one. */
    private final int leadBytes;

    private final boolean dropsReturn;

    private Delimiter(String name, byte[] bytes, boolean dropsReturn) {
        this.name = name;
        this.bytes = bytes;
        this.leadBytes = bytes.length - 1;
        this.lastByte = bytes[leadBytes];
        this.dropsReturn = dropsReturn;
    }

    /**
     * These bytes and nothing else.
     *
     * @param text 1 to 16 bytes of UTF-8; what ends it must not begin it, so that each place alone says whether a delimiter
     *     is there
     */
    public static Delimiter of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 1 || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("a delimiter has 1 to " + MAX_BYTES + " bytes, not " + bytes.length);
        }
        for (int length = 1; length < bytes.length; length++) {
            if (Arrays.equals(bytes, 0, length, bytes, bytes.length - length, bytes.length)) {
                throw new IllegalArgumentException(
                        "the end of a delimiter must not be its beginning, too: where several"
                                + " follow each other, it is unclear which bytes are one");
            }
        }
        return List.of(LF, CRLF).stream()
                .filter(known -> Arrays.equals(known.bytes, bytes))
                .findFirst()
                .orElseGet(() -> new Delimiter("0x" + HexFormat.of().formatHex(bytes), bytes, false));
    }

    /** Different for different delimiters, and the same in all versions of Pickaroon. */
    public String name() {
        return name;
    }

    /** The byte that every delimiter ends with. */
    public byte lastByte() {
        return lastByte;
    }

    /** Number of bytes before the last one. */
    public int leadBytes() {
        return leadBytes;
    }

    /** Most bytes that it takes. */
    public int mostBytes() {
        return bytes.length + (dropsReturn ? 1 : 0);
    }

    /** True if it has this byte. */
    public boolean contains(byte value) {
        for (byte own : bytes) {
            if (own == value) {
                return true;
            }
        }
        return false;
    }

    /**
     * True if the byte at {@code index}, which is {@link #lastByte}, ends a line.
     *
     * @param recordStart index of the first byte that can belong to the line
     */
    public boolean endsRecord(byte[] buffer, int recordStart, int index) {
        return leadBytes == 0 || hasLead(buffer, recordStart, index);
    }

    private boolean hasLead(byte[] buffer, int recordStart, int index) {
        int start = index - leadBytes;
        return start >= recordStart && Arrays.equals(bytes, 0, leadBytes, buffer, start, index);
    }

    /**
     * Where the content of a line ends.
     *
     * @param index index of the last byte of the delimiter that ends it
     * @return exclusive end of the content, at least {@code recordStart}
     */
    public int contentEnd(byte[] buffer, int recordStart, int index) {
        return contentEnd(index > recordStart ? buffer[index - 1] : 0, recordStart, index);
    }

    /** Like the other one, for bytes that are in no array; {@code before} is the byte before the index. */
    public int contentEnd(byte before, int recordStart, int index) {
        boolean dropReturn = dropsReturn && index > recordStart && before == CARRIAGE_RETURN;
        return dropReturn ? index - 1 : index - leadBytes;
    }

    /**
     * True if a byte within a record is part of the end of a line: of a delimiter, a line feed in any case, and a carriage
     * return right before one.
     *
     * @param start index of the record's first byte
     * @param end exclusive end of the record
     */
    public boolean isLineEnd(byte[] buffer, int index, int start, int end) {
        return buffer[index] == LINE_FEED
                || buffer[index] == CARRIAGE_RETURN && index + 1 < end && buffer[index + 1] == LINE_FEED
                || contains(buffer[index]) && isInDelimiter(buffer, index, start, end);
    }

    private boolean isInDelimiter(byte[] buffer, int index, int start, int end) {
        for (int last = index; last <= index + leadBytes && last < end; last++) {
            if (buffer[last] == lastByte && endsRecord(buffer, start, last)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return name;
    }
}
