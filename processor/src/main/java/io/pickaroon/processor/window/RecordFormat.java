package io.pickaroon.processor.window;

import io.pickaroon.processor.container.ContainerFormat;
import io.pickaroon.processor.container.RecordReader;
import java.util.Objects;
import java.util.Optional;

/**
 * What a record of a file is.
 *
 * @param delimiter what ends a line
 * @param maxRecordBytes longest content of a record that is read whole, at least 1; of a longer one its head of this length
 *     is
 * @param starts which lines start a record, those in between belong to the record before; empty: each line is a record
 * @param container what stands around the text in each line, which is what the others speak of; empty: nothing does
 */
public record RecordFormat(
        Delimiter delimiter, int maxRecordBytes, Optional<RecordStarts> starts, Optional<ContainerFormat> container) {
    public RecordFormat {
        Objects.requireNonNull(container, "container");
        Objects.requireNonNull(delimiter, "delimiter");
        Objects.requireNonNull(starts, "starts");
        if (maxRecordBytes < 1) {
            throw new IllegalArgumentException("maxRecordBytes %d must be at least 1".formatted(maxRecordBytes));
        }
        if (container.isPresent() && delimiter != Delimiter.AUTO && delimiter != Delimiter.LF) {
            throw new IllegalArgumentException("in a container log a line feed ends each line, not " + delimiter);
        }
    }

    /** Lines hold nothing but text. */
    public RecordFormat(Delimiter delimiter, int maxRecordBytes, Optional<RecordStarts> starts) {
        this(delimiter, maxRecordBytes, starts, Optional.empty());
    }

    /** Each line is a record. */
    public RecordFormat(Delimiter delimiter, int maxRecordBytes) {
        this(delimiter, maxRecordBytes, Optional.empty());
    }

    /** True if each line feed ends a record, and nothing else does. */
    public boolean hasLineFeedsBetweenAll() {
        return container.isEmpty() && starts.isEmpty() && (delimiter == Delimiter.AUTO || delimiter == Delimiter.LF);
    }

    /** What finds the records of a container log; for one thread at a time. Only where there is a {@link #container}. */
    public RecordReader newReader() {
        RecordReader.StartTest test = starts.<RecordReader.StartTest>map(lines -> lines.newTest()::startsRecord)
                .orElse(null);
        int decidingBytes = Math.min(RecordStarts.DECIDING_BYTES, maxRecordBytes);
        return new RecordReader(
                container.orElseThrow(),
                new RecordReader.MessageRules(maxRecordBytes, delimiter == Delimiter.AUTO, test, decidingBytes));
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
