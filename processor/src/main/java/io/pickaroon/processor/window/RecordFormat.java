package io.pickaroon.processor.window;

import java.util.Objects;
import java.util.Optional;

/**
 * What a record of a file is.
 *
 * @param delimiter what ends a line
 * @param maxRecordBytes longest content of a record that is read whole, at least 1; of a longer one its head of this length
 *     is
 * @param starts which lines start a record, those in between belong to the record before; empty: each line is a record
 */
public record RecordFormat(Delimiter delimiter, int maxRecordBytes, Optional<RecordStarts> starts) {
    public RecordFormat {
        Objects.requireNonNull(delimiter, "delimiter");
        Objects.requireNonNull(starts, "starts");
        if (maxRecordBytes < 1) {
            throw new IllegalArgumentException("maxRecordBytes %d must be at least 1".formatted(maxRecordBytes));
        }
    }

    /** Each line is a record. */
    public RecordFormat(Delimiter delimiter, int maxRecordBytes) {
        this(delimiter, maxRecordBytes, Optional.empty());
    }

    /** True if each line feed ends a record, and nothing else does. */
    public boolean hasLineFeedsBetweenAll() {
        return starts.isEmpty() && (delimiter == Delimiter.AUTO || delimiter == Delimiter.LF);
    }

    /**
     * Where the content of a record ends, whose bytes, with the delimiter of its last line if there is one, are
     * {@code [start, end)}.
     */
    public int contentEnd(byte[] bytes, int start, int end) {
        boolean isEnded =
                end > start && bytes[end - 1] == delimiter.lastByte() && delimiter.endsRecord(bytes, start, end - 1);
        return isEnded ? delimiter.contentEnd(bytes, start, end - 1) : end;
    }
}
