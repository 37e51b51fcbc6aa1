package io.pickaroon.processor.window;

/** What ends a record. */
public enum Delimiter {
    /** A line feed, together with a carriage return right before it if there is one. */
    AUTO,
    /** A line feed; a carriage return before it belongs to the record. */
    LF,
    /** A carriage return and a line feed; either of them alone belongs to the record. */
    CRLF;

    private static final byte LINE_FEED = '\n';
    private static final byte CARRIAGE_RETURN = '\r';

    /**
     * Whether the line feed at {@code index} ends a record.
     *
     * @param recordStart index of the first byte that can belong to the record
     */
    public boolean endsRecord(byte[] bytes, int recordStart, int index) {
        return this != CRLF || (index > recordStart && bytes[index - 1] == CARRIAGE_RETURN);
    }

    /**
     * Where the content of a record ends.
     *
     * @param lineFeed index of the line feed that ends the record
     * @return exclusive end of the record's content, at least {@code recordStart}
     */
    public int contentEnd(byte[] bytes, int recordStart, int lineFeed) {
        boolean dropReturn = this != LF && lineFeed > recordStart && bytes[lineFeed - 1] == CARRIAGE_RETURN;
        return dropReturn ? lineFeed - 1 : lineFeed;
    }

    /**
     * Whether a byte within a record is part of the end of a line: a line feed in any case, and a carriage return right
     * before it.
     *
     * @param end exclusive end of the record
     */
    public boolean isLineEnd(byte[] bytes, int index, int end) {
        return bytes[index] == LINE_FEED
                || bytes[index] == CARRIAGE_RETURN && index + 1 < end && bytes[index + 1] == LINE_FEED;
    }

    /** Most bytes that one delimiter takes. */
    public static final int MAX_BYTES = 2;

    /** The byte that every delimiter ends with. */
    public static byte lastByte() {
        return LINE_FEED;
    }
}
