package io.pickaroon.processor.scan;

import io.pickaroon.processor.file.MappedRange;
import io.pickaroon.processor.search.ByteSearch;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.StartLines;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The buffer that a scan copies a file's bytes into, with what searches in it. Used by one thread at a time; its size is
 * bounded by the longest record and a slice.
 */
final class Workspace {
    /** Large enough to hide the cost of a copy, small enough to stay in a core's second-level cache. */
    static final int SLICE_BYTES = 256 * 1024;

    final RuleSearch rules;
    final RecordEdits edits;
    final ByteSearch search;
    final Delimiter delimiter;
    private final byte lastByte;
    final int maxRecordBytes;
    final RecordFormat format;
    /** Finds the lines that start records; null if every line does. */
    final StartLines startLines;
    /**
     * Bytes copied at a time. Not more than the longest record, so that a record that is too long is never one of several
     * in a slice, but always the first in the buffer.
     */
    final int sliceBytes;

    byte[] bytes;

    Workspace(List<Rule> rules, SearchPlan plan, ByteSearch search, RecordFormat format) {
        this.rules = new RuleSearch(plan, search);
        this.edits = new RecordEdits(rules, format);
        this.search = search;
        this.format = format;
        this.delimiter = format.delimiter();
        this.lastByte = delimiter.lastByte();
        this.maxRecordBytes = format.maxRecordBytes();
        this.startLines =
                format.starts().map(starts -> new StartLines(starts, format)).orElse(null);
        this.sliceBytes = Math.min(SLICE_BYTES, maxRecordBytes);
        this.bytes = new byte[2 * sliceBytes + Delimiter.MAX_BYTES];
    }

    /** How far before and after a window its first and last record may be read. */
    long reachBytes() {
        int lineBytes = startLines == null ? delimiter.leadBytes() : Delimiter.MAX_BYTES + startLines.lookAheadBytes();
        return (long) maxRecordBytes + Delimiter.MAX_BYTES + lineBytes;
    }

    /** Copies bytes of the file to {@code index} of the buffer, which grows as needed. */
    void fill(MappedRange range, long fromOffset, int index, int lengthBytes) throws IOException {
        int needed = Math.addExact(index, lengthBytes);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 16)));
        }
        range.copy(fromOffset, bytes, index, lengthBytes);
    }

    /** Index of the last byte of the first delimiter in the range that ends the record that starts at {@code recordStart}, or -1. */
    int firstDelimiter(int recordStart, int from, int to) {
        int index = search.indexOf(bytes, from, to, lastByte);
        while (index >= 0 && !delimiter.endsRecord(bytes, recordStart, index)) {
            index = search.indexOf(bytes, index + 1, to, lastByte);
        }
        return index;
    }

    /** Index of the last byte of the last delimiter in the range that ends a record, or -1. */
    int lastDelimiter(int from, int to) {
        int index = search.lastIndexOf(bytes, from, to, lastByte);
        while (index >= 0 && !delimiter.endsRecord(bytes, from, index)) {
            index = search.lastIndexOf(bytes, from, index, lastByte);
        }
        return index;
    }

    /** Number of records that end with a delimiter in the range, which starts at the start of a record. */
    int countDelimiters(int from, int to) {
        if (delimiter.leadBytes() == 0) {
            return search.count(bytes, from, to, lastByte);
        }
        int count = 0;
        int recordStart = from;
        for (int end = firstDelimiter(from, from, to); end >= 0; end = firstDelimiter(recordStart, recordStart, to)) {
            count++;
            recordStart = end + 1;
        }
        return count;
    }
}
