package io.pickaroon.processor.scan;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.RecordPlaces;
import io.pickaroon.processor.rule.Context;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.ContentStart;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.RecordWalk;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes neighbouring records along with those that are emitted. They are read from the file again, so one may have been fixed
 * meanwhile, and are shown with the masks of all rules, whether those emit or not: neighbours change nothing in the file, and
 * count nowhere.
 *
 * <p>The nearest are taken first, one before and one after in turns, as long as all of them and the record span no more
 * than the longest record may have, delimiters included. A side ends with the first neighbour that is too much, at the first
 * record of the file, at the limit of the window, and where no delimiter shows where a neighbour starts. So neighbours do not
 * depend on how the file is cut into windows.
 *
 * <p>Used by one thread at a time. Takes memory when it is first used: as much as the longest record, and a block.
 */
final class ContextRecords {
    private static final long UNKNOWN = Long.MIN_VALUE;
    /** Shorter than any that is searched elsewhere than in the buffer. */
    private static final long NO_WINDOW = -1;

    private static final byte[] LINE_FEED = {'\n'};

    private final List<Rule> rules;
    private final Supplier<Workspace> newMasking;
    private final RecordFormat format;
    private final RecordWalk walk;
    /** Rules that emit records with neighbours, and those that mask. */
    private final BitSet taking = new BitSet();

    private final BitSet maskers = new BitSet();
    /** Where the neighbours before a record start, the nearest first. */
    private final long[] starts;
    /** Where a record and its neighbours end, with their delimiters. */
    private final long[] ends;

    /** The masks write nothing to it but what they leave undone. */
    private final EditBatch unused = new EditBatch();

    private final RecordPlaces nowhere = new RecordPlaces();
    /** What masks neighbours; made when it is first needed, so that the state of the record itself stays. */
    private Workspace masking;

    private byte[] neighbour = {};
    private LogFile file;
    private long limitOffset;
    private long contentStart;

    /** What was found last: what it spans in the file, how many neighbours it has, and where it is in the batch. */
    private long lowest;

    private long highest;
    private int before;
    private int after;
    private MatchBatch batch;
    private int batchStart;
    private int batchEnd;
    private int recordStart;
    private int recordLength;

    private ContextRecords(List<Rule> rules, RecordFormat format, Supplier<Workspace> newMasking) {
        this.rules = rules;
        this.format = format;
        this.newMasking = newMasking;
        this.walk = new RecordWalk(format);
        int mostBefore = 0;
        int mostAfter = 0;
        for (int rule = 0; rule < rules.size(); rule++) {
            Context context = rules.get(rule).options().context();
            boolean takes = rules.get(rule).emits() && !context.isEmpty();
            taking.set(rule, takes);
            maskers.set(rule, rules.get(rule).masks());
            mostBefore = Math.max(mostBefore, takes ? context.before() : 0);
            mostAfter = Math.max(mostAfter, takes ? context.after() : 0);
        }
        this.starts = new long[mostBefore];
        this.ends = new long[mostAfter + 1];
    }

    /**
     * Null if no rule takes neighbours along.
     *
     * @param newMasking makes what masks neighbours, with the same rules
     */
    static ContextRecords of(List<Rule> rules, RecordFormat format, Supplier<Workspace> newMasking) {
        boolean areUsed = rules.stream()
                .anyMatch(rule -> rule.emits() && !rule.options().context().isEmpty());
        return areUsed ? new ContextRecords(rules, format, newMasking) : null;
    }

    /** The records that follow are of a window of this file, which ends for them at the limit. */
    void begin(LogFile newFile, long newLimitOffset) {
        file = newFile;
        limitOffset = newLimitOffset;
        contentStart = UNKNOWN;
        walk.begin(newFile, newLimitOffset);
    }

    /** True if a rule takes neighbours along. */
    boolean isOf(int rule) {
        return taking.get(rule);
    }

    /** The first of the rules that takes neighbours along, or -1. */
    int firstOf(BitSet some) {
        int rule = taking.nextSetBit(0);
        while (rule >= 0 && !some.get(rule)) {
            rule = taking.nextSetBit(rule + 1);
        }
        return rule;
    }

    /**
     * Adds a record with the neighbours that a rule takes along to a batch.
     *
     * @param offset of the record in the file
     * @param shown has the record's content, as it is shown, from an index on
     * @return where that content begins in the batch
     */
    int add(int rule, MatchBatch newBatch, long offset, byte[] shown, int from, int length) throws IOException {
        find(rules.get(rule).options().context(), offset, offset + length);
        batch = newBatch;
        batchStart = batch.recordBytes();
        for (int i = before - 1; i >= 0; i--) {
            addNeighbour(starts[i], i == 0 ? offset : starts[i - 1]);
            batch.addBytes(LINE_FEED, 0, 1);
        }
        recordStart = batch.addBytes(shown, from, length);
        recordLength = length;
        for (int i = 0; i < after; i++) {
            batch.addBytes(LINE_FEED, 0, 1);
            addNeighbour(ends[i], ends[i + 1]);
        }
        batchEnd = batch.recordBytes();
        return recordStart;
    }

    /** Adds a match for what was added last. */
    void addMatch(int rule, long offset, int delimiterBytes) {
        batch.addMatch(rule, offset, batchStart, batchEnd - batchStart, delimiterBytes);
        batch.addNeighbours(before, after, recordStart, recordLength);
    }

    private void find(Context context, long offset, long contentEnd) throws IOException {
        lowest = offset;
        highest = contentEnd;
        before = 0;
        after = 0;
        boolean goesBack = context.before() > 0 && startsAfterAnother(offset);
        boolean goesOn = context.after() > 0 && findEnd();
        while (goesBack || goesOn) {
            goesBack = goesBack && before < context.before() && takeBefore();
            goesOn = goesOn && after < context.after() && takeAfter();
        }
    }

    /** A record that begins where reading began, or where silence ended the one before, may have its beginning there. */
    private boolean startsAfterAnother(long offset) throws IOException {
        long searched = searchedFrom();
        return offset > searched && walk.isStart(offset, searched);
    }

    /** Where the search for what starts a neighbour begins: a delimiter ends after this offset. */
    private long searchedFrom() {
        return Math.max(file.firstOffset(), highest - format.maxRecordBytes() - 1);
    }

    private boolean takeBefore() throws IOException {
        long searched = searchedFrom();
        long start = searched < lowest ? walk.previous(lowest, searched) : -1;
        if (start < 0) {
            start = contentStart();
            if (start < Math.max(0, highest - format.maxRecordBytes()) || start >= lowest) {
                return false;
            }
        }
        starts[before++] = start;
        lowest = start;
        return true;
    }

    /** Where the first record of the file starts; -1 if that is too far away to be seen. */
    private long contentStart() throws IOException {
        boolean isForgotten = file.isDecoded() ? highest > format.maxRecordBytes() : file.firstOffset() > 0;
        if (isForgotten) {
            return -1;
        }
        if (contentStart == UNKNOWN) {
            contentStart = ContentStart.offset(file, format.delimiter());
        }
        return contentStart;
    }

    private boolean findEnd() throws IOException {
        ends[0] = highest < limitOffset ? walk.endOf(highest, stop()) : -1;
        return ends[0] >= 0;
    }

    private boolean takeAfter() throws IOException {
        long start = ends[after];
        long end = start < limitOffset ? walk.endOf(start, stop()) : -1;
        if (end < 0) {
            return false;
        }
        long contentEnd = walk.contentEnd(start, end);
        if (contentEnd - lowest > format.maxRecordBytes()) {
            return false;
        }
        ends[++after] = end;
        highest = contentEnd;
        return true;
    }

    /** What ends later is too much. */
    private long stop() {
        return lowest + format.maxRecordBytes() + format.delimiter().mostBytes();
    }

    private void addNeighbour(long start, long end) throws IOException {
        int bytes = (int) (end - start);
        if (neighbour.length < bytes) {
            neighbour = new byte[Math.max(bytes, 2 * neighbour.length)];
        }
        walk.copy(start, bytes, neighbour);
        int length = format.contentEnd(neighbour, 0, bytes);
        batch.addBytes(maskers.isEmpty() ? neighbour : masked(length), 0, length);
    }

    /** The neighbour as a record is shown that is emitted. */
    private byte[] masked(int length) {
        if (masking == null) {
            masking = newMasking.get();
            masking.beginWindow(NO_WINDOW);
        }
        RuleSearch search = masking.rules;
        nowhere.set(0, length);
        masking.edits.begin(unused, 0, neighbour, 0, length, nowhere);
        masking.fields.begin(neighbour, 0, length);
        search.begin(neighbour, length);
        if (search.nextCandidate(0) >= 0) {
            search.lookAt(0, length);
            for (int rule = maskers.nextSetBit(0); rule >= 0; rule = maskers.nextSetBit(rule + 1)) {
                if (search.matches(rule, 0, length)) {
                    Fix fix = rules.get(rule).fix().orElseThrow();
                    masking.edits.ofRule(rule);
                    search.visitMatches(rule, 0, length, fix.group(), masking.edits);
                }
            }
        }
        if (masking.masks.areUsed()) {
            masking.fields.parse();
            masking.masks.hide(search, neighbour, 0, length);
        }
        return masking.edits.shown().hasMasks() ? masking.edits.shown().bytes() : neighbour;
    }
}
