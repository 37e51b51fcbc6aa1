package io.pickaroon.processor.scan;

import io.pickaroon.processor.container.RecordReader;
import io.pickaroon.processor.file.MappedRange;
import io.pickaroon.processor.rule.RecordFields;
import io.pickaroon.processor.rule.RecordMatcher;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.rule.SampledRules;
import io.pickaroon.processor.rule.ScanInput;
import io.pickaroon.processor.search.ByteSearch;
import io.pickaroon.processor.search.NativeBytes;
import io.pickaroon.processor.search.ScalarByteSearch;
import io.pickaroon.processor.search.Searchers;
import io.pickaroon.processor.time.TimeFilter;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.StartLines;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The memory that a scan copies a file's bytes into, with what searches in it. Used by one thread at a time; its size is
 * bounded by the longest record and a slice.
 */
final class Workspace {
    /** Large enough to hide the cost of a copy, small enough to stay in a core's second-level cache. */
    static final int SLICE_BYTES = 256 * 1024;
    /** Of the buffer at first: of a small file, or a large one that is searched in native memory, no more is read into it. */
    private static final int SMALL_BUFFER_BYTES = 16 * 1024;

    final ScanInput input;
    final RecordEdits edits;
    final RecordFields fields;
    final DecodedMasks masks;
    final CapturedValues values;
    final SampledRules samples;
    /** Finds the records of a container log; null where lines hold nothing but text. */
    final RecordReader container;
    /** Rules ask for fields, or capture values. */
    final boolean usesFields;

    final boolean captures;
    /** Null if no rule takes neighbouring records along. */
    final ContextRecords context;

    /** Null if records of any time match. */
    final TimeFilter times;

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
    /** Rules that need the bytes of the records that they match, or may match. */
    final BitSet readers = new BitSet();

    final ScanDetail detail;
    /** Records without a match are counted, too. */
    final boolean countsAll;

    /** Made when it is first used. */
    private RecordMatcher places;

    private final SearchPlan plan;
    private final Searchers searchers;
    /** Null where memchr is not what to search with, and before the first window that is large enough. */
    private MemchrWorkspace memchr;

    private boolean mayUseMemchr;
    /** What looks for needles in the buffer without vectors and with them; made when it is first used. */
    private RuleSearch plainRules;

    private RuleSearch vectorRules;

    /** What looks for the needles of the current window in the buffer, and what for bytes. */
    RuleSearch rules;

    ByteSearch search;

    byte[] bytes;

    Workspace(
            List<Rule> rules,
            SearchPlan plan,
            Searchers searchers,
            RecordFormat format,
            ScanDetail detail,
            ScanInput input) {
        this.plan = plan;
        this.detail = detail;
        this.countsAll = detail.countsRecords();
        this.searchers = searchers;
        this.input = input;
        this.container = format.container().map(_ -> format.newReader()).orElse(null);
        this.edits = new RecordEdits(rules, format);
        this.fields = new RecordFields(rules, input.parser(), container == null ? null : container.found());
        this.masks = new DecodedMasks(rules, fields, edits.shown());
        this.values = new CapturedValues(rules, plan, fields, edits.shown(), masks);
        this.samples = new SampledRules(rules);
        this.usesFields = fields.isUsed();
        this.captures = values.areUsed();
        this.context = ContextRecords.of(
                rules,
                format,
                () -> new Workspace(rules, plan, searchers, format, ScanDetail.RECORDS, input.ofAnyTime()));
        this.times = input.times().map(range -> range.newFilter(format)).orElse(null);
        this.format = format;
        this.delimiter = format.delimiter();
        this.lastByte = delimiter.lastByte();
        this.maxRecordBytes = format.maxRecordBytes();
        this.startLines =
                format.starts().map(starts -> new StartLines(starts, format)).orElse(null);
        this.sliceBytes = Math.min(SLICE_BYTES, maxRecordBytes);
        for (int rule = 0; rule < rules.size(); rule++) {
            Rule its = rules.get(rule);
            readers.set(rule, times != null || its.emits() || its.fix().isPresent() || !plan.isDecidedByNeedles(rule));
        }
        this.mayUseMemchr = searchers.memchr() && container == null;
        this.bytes = new byte[SMALL_BUFFER_BYTES];
    }

    /** Begins with a window. Returns what searches it outside the buffer, or null if nothing does. */
    MemchrWorkspace beginWindow(long lengthBytes) {
        boolean isLongEnough = lengthBytes >= searchers.memchrFromBytes();
        if (mayUseMemchr && isLongEnough) {
            mayUseMemchr = false;
            memchr = plan.suitsMemchr(format, searchers.vectors()) && NativeBytes.isAvailable()
                    ? new MemchrWorkspace(plan.near(), readers, delimiter, sliceBytes, searchers.vectors())
                    : null;
        }
        boolean usesMemchr = memchr != null && isLongEnough && memchr.beginWindow();
        if (searchers.vectors() && !usesMemchr) {
            vectorRules = vectorRules == null ? new RuleSearch(plan, searchers.inArrays(), fields) : vectorRules;
            rules = vectorRules;
        } else {
            plainRules = plainRules == null ? new RuleSearch(plan, new ScalarByteSearch(), fields) : plainRules;
            rules = plainRules;
        }
        search = rules.bytes();
        return usesMemchr ? memchr : null;
    }

    /** Finds where a record matches. */
    RecordMatcher places() {
        if (places == null) {
            places = plan.newPlaces(new ScalarByteSearch());
        }
        return places;
    }

    /** Copies a record from the slice in native memory to the beginning of the buffer. */
    void loadRecord(int start, int end) {
        reserve(end - start);
        memchr.slice.copyTo(start, bytes, end - start);
    }

    /** How far before and after a window its first and last record may be read. */
    long reachBytes() {
        int lineBytes = startLines == null ? delimiter.leadBytes() : Delimiter.MAX_BYTES + startLines.lookAheadBytes();
        return (long) maxRecordBytes + Delimiter.MAX_BYTES + lineBytes;
    }

    /** Copies bytes of the file to {@code index} of the buffer, which grows as needed. */
    void fill(MappedRange range, long fromOffset, int index, int lengthBytes) throws IOException {
        reserve(Math.addExact(index, lengthBytes));
        range.copy(fromOffset, bytes, index, lengthBytes);
    }

    /** Makes room in the buffer. */
    void reserve(int needed) {
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 16)));
        }
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
