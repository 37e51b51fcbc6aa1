package io.pickaroon.processor.simulation;

import static io.pickaroon.processor.simulation.Violation.unless;

import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.window.WindowPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The truth about one log: every record that it will hold, what must be emitted of it and what must stand there in the
 * end, and what the destination has got and acknowledged so far.
 */
final class ExpectedLog {
    private final ExpectedLines lines;
    private final List<Rule> rules;
    private final byte[] original;
    /** What stands in the log when everything is fixed. */
    private final byte[] fixed;

    private final List<ExpectedRecord> records = new ArrayList<>();
    /** Index of the record that each byte belongs to. */
    private final int[] recordAt;
    /** Bytes in windows that the destination acknowledged, or told a new session that it has. */
    private final BitSet acknowledged = new BitSet();

    /** Where a run to the end of the file ended a record that the application had not ended. */
    private final BitSet cuts = new BitSet();

    /** The last of them, while it is open whether the run came so far; otherwise -1. */
    private int doubtfulCut = -1;

    /** Records that start before this offset are not the engine's business. */
    private int beginOffset;

    private boolean handedOver;

    private final SimulatedLog log;

    ExpectedLog(String text, WindowPlan plan, List<Rule> rules, SimulatedLog log) {
        this.lines = new ExpectedLines(text, plan);
        this.rules = rules;
        this.log = log;
        this.original = text.getBytes(StandardCharsets.ISO_8859_1);
        this.fixed = original.clone();
        this.recordAt = new int[original.length];
        readFrom(0);
    }

    /** Splits the log into records anew, from the start of one on. */
    private void readFrom(int from) {
        records.removeIf(record -> record.start >= from);
        System.arraycopy(original, from, fixed, from, original.length - from);
        for (int start = from; start < original.length; ) {
            int cut = cuts.nextSetBit(start + 1);
            int limit = cut < 0 ? original.length : cut;
            ExpectedRecord record = lines.record(start, limit, rules);
            System.arraycopy(record.fixed, 0, fixed, start, record.fixed.length);
            Arrays.fill(recordAt, start, record.next, records.size());
            records.add(record);
            start = record.next;
        }
    }

    /**
     * A run to the end of the file begins. What stands there without a delimiter is a record if the run passes it; what
     * is appended later is another one then.
     */
    void runsToEnd() {
        int size = log.sizeBytes();
        if (size > 0 && recordEnd(size) != size) {
            ExpectedRecord last = recordAt(size - 1);
            if (lines.isCut(last.start, size)) {
                cuts.set(size);
                doubtfulCut = size;
                cutAnew(last);
            }
        }
    }

    /** Reading begins at the present end. */
    void beginsAtEnd() {
        unless(!handedOver || beginOffset == log.sizeBytes(), "it is forgotten where reading began", beginOffset);
        beginOffset = log.sizeBytes();
    }

    /** Something of it is on its way to the destination. */
    void handedOver() {
        handedOver = true;
    }

    int beginOffset() {
        return beginOffset;
    }

    /** Whether a record at the end of the file may still be continued. */
    boolean isInDoubt() {
        return doubtfulCut >= 0;
    }

    /**
     * That run is over, and what there is on disk and at the destination says how far it came.
     *
     * @param reachedOffset how far, at most
     * @param atMostOnce whether what arrived must agree with that
     */
    void settle(long reachedOffset, boolean atMostOnce) {
        if (isInDoubt() && reachedOffset < doubtfulCut) {
            ExpectedRecord last = recordAt(doubtfulCut - 1L);
            unless(
                    !atMostOnce
                            || last.oversized
                            || Arrays.stream(last.arrivals).sum() == 0,
                    "emitted, and its end not passed",
                    last);
            cuts.clear(doubtfulCut);
            if (!last.oversized) {
                acknowledged.clear(last.start, original.length);
            }
            cutAnew(last);
        }
        doubtfulCut = -1;
    }

    /** Wherever its end is, the head of a record that is too long is the same, and may have arrived. */
    private void cutAnew(ExpectedRecord last) {
        readFrom(last.start);
        if (last.oversized) {
            System.arraycopy(last.arrivals, 0, recordAt(last.start).arrivals, 0, last.arrivals.length);
        }
    }

    SimulatedLog log() {
        return log;
    }

    List<ExpectedRecord> records() {
        return records;
    }

    byte[] original() {
        return original;
    }

    /** The end of the first record that ends at or after an offset. */
    int recordEnd(int offset) {
        return offset == 0 ? 0 : records.get(recordAt[offset - 1]).next;
    }

    /** The application writes on, up to this offset or a little further. */
    void append(int atLeastTo) {
        int end = atLeastTo;
        // A carriage return alone at the end may be half a delimiter, which no run to the end can know.
        while (end > 0 && end < original.length && original[end - 1] == '\r') {
            end++;
        }
        log.append(original, log.sizeBytes(), end);
    }

    private ExpectedRecord recordAt(long offset) {
        return records.get(recordAt[(int) offset]);
    }

    /** A match becomes visible at the destination. */
    void arrives(ScannedWindow window, int match, boolean atMostOnce) {
        MatchBatch batch = window.matches();
        ExpectedRecord record = recordAt(batch.recordOffset(match));
        int rule = batch.ruleIndex(match);
        unless(record.start >= beginOffset, "emitted though it was there before", record);
        unless(record.start == batch.recordOffset(match), "a record is emitted from its middle", record);
        unless(record.emittedBy.get(rule), "emitted by a rule that does not", record, rule);
        record.requireShown(batch, match);
        unless(record.oversized == batch.isHeadOnly(match), "emitted head and whole are mistaken", record);
        record.arrivals[rule]++;
        unless(!atMostOnce || record.arrivals[rule] == 1, "emitted twice", record, rule);
    }

    void acknowledged(ScannedWindow window) {
        int start = (int) window.startOffset();
        int end = (int) window.end().offset();
        if (start == end) {
            start = startOfRest(end);
        }
        acknowledged.set(start, end);
    }

    /**
     * Where a window without a record of its own begins: it holds the rest of a record of which the start was acknowledged,
     * perhaps to another process, or was there before.
     */
    private int startOfRest(int end) {
        int known = acknowledged.nextClearBit(beginOffset);
        return known < end && recordAt(end - 1L).start < known ? known : end;
    }

    /** The destination says that it has everything before this offset. */
    void acknowledgedUpTo(long offset) {
        acknowledged.set(0, (int) offset);
        requireArrived(offset, "the destination's position");
    }

    private void requireArrived(long offset, String who) {
        for (ExpectedRecord record : records) {
            if (record.start >= offset) {
                break;
            }
            if (!record.foreign && record.start >= beginOffset) {
                record.requireArrived(who, offset);
            }
        }
    }

    /** The engine is about to write. */
    void beforeWrite(long offset, byte[] source, int sourceIndex, int lengthBytes) {
        ExpectedRecord record = recordAt(offset);
        unless(offset + lengthBytes <= record.start + record.fixed.length, "a write passes its record", record);
        unless(!record.foreign, "what somebody else wrote is overwritten", record);
        unless(record.start >= beginOffset, "fixed though it was there before", record);
        unless(acknowledged.nextClearBit(beginOffset) > record.start, "fixed before it was delivered", record);
        record.requireFix((int) offset - record.start, source, sourceIndex, lengthBytes);
    }

    /**
     * Records that somebody else can overwrite such that it shows: a journal does not know which bytes it changes, but
     * those around them.
     */
    List<ExpectedRecord> overwritable() {
        return records.stream()
                .filter(record -> record.next <= log.sizeBytes()
                        && record.claimed.cardinality() < record.fixed.length
                        && (!isInDoubt() || record.next < doubtfulCut)
                        && !record.foreign)
                .toList();
    }

    void overwrite(ExpectedRecord record) {
        record.foreign = true;
        log.overwrite(record.start, record.contentEnd, World.FOREIGN);
    }

    /** Every byte is what it was or what a fix makes of it; after recovery, one of both for the whole record. */
    void requireUndamaged(boolean recovered) {
        for (ExpectedRecord record : records) {
            if (record.start >= log.sizeBytes()) {
                break;
            }
            if (record.foreign) {
                record.requireForeign(log);
            } else {
                record.requireUndamaged(log, original, fixed, recovered);
            }
        }
    }

    /** Everything before this offset is delivered, and its fixes would survive a power failure. */
    void requireDone(long offset, String who) {
        unless(offset <= log.sizeBytes(), "past the end of the log", who, offset);
        requireArrived(offset, who);
        for (ExpectedRecord record : records) {
            if (record.start >= offset) {
                break;
            }
            unless(
                    record.foreign
                            || record.start < beginOffset
                            || log.isDurable(record.start, fixed, record.fixed.length),
                    "passed, and not fixed durably",
                    record,
                    who,
                    offset);
        }
    }

    /** Whether a run to the end of the file ended a record that the application had not ended. */
    boolean hasCuts() {
        return !cuts.isEmpty();
    }

    /** Whether this offset lies inside a record that begins where a run to the end of the file had ended the one before. */
    boolean isInsideAfterCut(long offset) {
        return offset > 0 && recordAt(offset - 1).next != offset && cuts.get(recordAt(offset - 1).start);
    }

    /** Bytes that the windows before an offset account for: a record counts where it starts, unless it is too long. */
    long countedBefore(long offset) {
        if (offset == 0 || recordAt(offset - 1).next == offset) {
            return offset;
        }
        return recordAt(offset - 1).countedBefore(offset);
    }

    Counts counts() {
        return records.stream().map(ExpectedRecord::counts).reduce(Counts.ZERO, Counts::plus);
    }
}
