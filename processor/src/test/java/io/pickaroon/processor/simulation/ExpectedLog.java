package io.pickaroon.processor.simulation;

import static io.pickaroon.processor.simulation.Violation.unless;

import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The truth about one log: every record that it will hold, what must be emitted of it and what must stand there in the
 * end, and what the destination has got and acknowledged so far. What a record is, and where a run to the end of the file cuts one,
 * is a matter of its content.
 */
abstract class ExpectedLog {
    final byte[] original;
    /** Bytes in windows that the destination acknowledged, or told a new session that it has. */
    final BitSet acknowledged = new BitSet();

    /** What stands in the log when everything is fixed. */
    private final byte[] fixed;

    private final List<ExpectedRecord> records = new ArrayList<>();
    /** Index of the record that each byte belongs to. */
    private final int[] recordAt;
    /** Records that start before this offset are not the engine's business. */
    private int beginOffset;

    private boolean handedOver;

    private final SimulatedLog log;

    ExpectedLog(String text, SimulatedLog log) {
        this.log = log;
        this.original = text.getBytes(StandardCharsets.ISO_8859_1);
        this.fixed = original.clone();
        this.recordAt = new int[original.length];
    }

    static ExpectedLog of(String text, Program program, SimulatedLog log) {
        return program.plan().format().container().isPresent()
                ? new ExpectedStreams(text, program.plan(), program.rules(), log)
                : new ExpectedText(text, program.plan(), program.rules(), log);
    }

    /** The log is split into records anew, from the start of one on. */
    void forgetFrom(int from) {
        records.removeIf(record -> record.start >= from);
        System.arraycopy(original, from, fixed, from, original.length - from);
    }

    /** The next record, in the order of their starts. */
    void take(ExpectedRecord record) {
        record.fixIn(fixed);
        record.eachLine((start, end) -> Arrays.fill(recordAt, start, end, records.size()));
        records.add(record);
    }

    /**
     * A run to the end of the file begins. What stands there without an end is a record if the run passes it; what
     * is appended later is another one then.
     */
    abstract void runsToEnd();

    /** Whether a record at the end of the file may still be continued. */
    abstract boolean isInDoubt();

    /**
     * That run is over, and what there is on disk and at the destination says how far it came.
     *
     * @param reachedOffset how far, at most
     * @param atMostOnce whether what arrived must agree with that
     */
    abstract void settle(long reachedOffset, boolean atMostOnce);

    /** The first place at or after an offset at which a run to the end of the file would cut nothing. */
    abstract int recordEnd(int offset);

    /** Where a window without a record of its own begins. */
    abstract int startOfRest(int end);

    /** Whether a run to the end of the file ended a record that the application had not ended. */
    abstract boolean hasCuts();

    /** Whether this offset lies inside a record that begins where a run to the end of the file had ended the one before. */
    abstract boolean isInsideAfterCut(long offset);

    /** Bytes that the windows before an offset account for: a record counts where it starts, unless it is too long. */
    abstract long countedBefore(long offset);

    /** Reading begins at the present end. */
    void beginsAtEnd() {
        unless(!handedOver || beginOffset == log.sizeBytes(), "it is forgotten where reading began", beginOffset);
        beginOffset = log.sizeBytes();
    }

    /** A window is on its way to the destination. */
    void handedOver(ScannedWindow window) {
        handedOver = true;
    }

    int beginOffset() {
        return beginOffset;
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

    /** The application writes on, up to this offset or a little further. */
    void append(int atLeastTo) {
        int end = atLeastTo;
        // A carriage return alone at the end may be half a delimiter, which no run to the end can know.
        while (end > 0 && end < original.length && original[end - 1] == '\r') {
            end++;
        }
        log.append(original, log.sizeBytes(), end);
    }

    ExpectedRecord recordAt(long offset) {
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
        unless(!record.foreign, "what somebody else wrote is overwritten", record);
        unless(record.start >= beginOffset, "fixed though it was there before", record);
        unless(acknowledged.nextClearBit(beginOffset) > record.start, "fixed before it was delivered", record);
        record.requireFix((int) offset, source, sourceIndex, lengthBytes);
    }

    /**
     * Records that somebody else can overwrite such that it shows: a journal does not know which bytes it changes, but
     * those around them.
     */
    List<ExpectedRecord> overwritable() {
        return records.stream()
                .filter(record -> record.next <= log.sizeBytes()
                        && record.claimed.cardinality() < record.fixed.length
                        && mayBeOverwritten(record)
                        && !record.foreign)
                .toList();
    }

    /** Whether it is certain where it ends. */
    abstract boolean mayBeOverwritten(ExpectedRecord record);

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
                    record.foreign || record.start < beginOffset || record.isFixedDurably(log, fixed),
                    "passed, and not fixed durably",
                    record,
                    who,
                    offset);
        }
    }

    /** Offsets of the bytes that fixes have changed, or left as they were. */
    BitSet changedBytes() {
        BitSet changed = new BitSet();
        for (ExpectedRecord record : records) {
            if (!record.foreign && record.start >= beginOffset) {
                record.claimed.stream().map(at -> record.place.bytes()[at]).forEach(changed::set);
            }
        }
        return changed;
    }

    Counts counts() {
        return records.stream().map(ExpectedRecord::counts).reduce(Counts.ZERO, Counts::plus);
    }
}
