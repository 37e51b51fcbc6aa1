package io.pickaroon.processor.simulation;

import static io.pickaroon.processor.simulation.Violation.unless;

import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.Rule;
import io.pickaroon.processor.scan.ScanTally;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.window.Delimiter;
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
    private final byte[] original;
    /** What stands in the log when everything is fixed. */
    private final byte[] fixed;

    private final List<ExpectedRecord> records = new ArrayList<>();
    /** Index of the record that each byte belongs to. */
    private final int[] recordAt;
    /** Bytes in windows that the destination acknowledged, or told a new session that it has. */
    private final BitSet acknowledged = new BitSet();

    private final SimulatedLog log;

    /** What an undisturbed run over the whole log must count. */
    record Counts(ScanTally scanned, long matches, long fixedBytes) {
        static final Counts ZERO = new Counts(ScanTally.ZERO, 0, 0);

        Counts plus(Counts other) {
            return new Counts(scanned.plus(other.scanned), matches + other.matches, fixedBytes + other.fixedBytes);
        }
    }

    ExpectedLog(String text, WindowPlan plan, List<Rule> rules, SimulatedLog log) {
        this.log = log;
        this.original = text.getBytes(StandardCharsets.ISO_8859_1);
        this.fixed = original.clone();
        this.recordAt = new int[original.length];
        boolean crlf = plan.delimiter() == Delimiter.CRLF;
        for (int start = 0; start < original.length; ) {
            int end = text.indexOf(crlf ? "\r\n" : "\n", start);
            int next = end < 0 ? original.length : end + (crlf ? 2 : 1);
            int contentEnd = end < 0 ? original.length : end;
            if (plan.delimiter() == Delimiter.AUTO && end > start && text.charAt(end - 1) == '\r') {
                contentEnd--;
            }
            ExpectedRecord record = new ExpectedRecord(text, start, contentEnd, next, plan.maxRecordBytes(), rules);
            System.arraycopy(record.fixed, 0, fixed, start, record.fixed.length);
            Arrays.fill(recordAt, start, next, records.size());
            records.add(record);
            start = next;
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

    /** The application writes on, up to this offset. */
    void append(int endOffset) {
        log.append(original, log.sizeBytes(), endOffset);
    }

    private ExpectedRecord recordAt(long offset) {
        return records.get(recordAt[(int) offset]);
    }

    /** A match becomes visible at the destination. */
    void arrives(ScannedWindow window, int match, boolean atMostOnce) {
        MatchBatch batch = window.matches();
        ExpectedRecord record = recordAt(batch.recordOffset(match));
        int rule = batch.ruleIndex(match);
        unless(record.start == batch.recordOffset(match), "a record is emitted from its middle", record);
        unless(record.emittedBy.get(rule), "emitted by a rule that does not", record, rule);
        unless(
                record.isShownAs(batch.array(), batch.start(match), batch.length(match)),
                "emitted otherwise than it was before any fix, with masks",
                record,
                new String(batch.copyOfRecord(match), StandardCharsets.ISO_8859_1));
        unless(record.oversized == batch.isHeadOnly(match), "emitted head and whole are mistaken", record);
        record.arrivals[rule]++;
        unless(!atMostOnce || record.arrivals[rule] == 1, "emitted twice", record, rule);
    }

    void acknowledged(ScannedWindow window) {
        acknowledged.set((int) window.startOffset(), (int) window.end().offset());
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
            for (int rule = record.emittedBy.nextSetBit(0);
                    rule >= 0 && !record.foreign;
                    rule = record.emittedBy.nextSetBit(rule + 1)) {
                unless(record.arrivals[rule] > 0, "a match is lost", record, rule, who, offset);
            }
        }
    }

    /** The engine is about to write. */
    void beforeWrite(long offset, byte[] source, int sourceIndex, int lengthBytes) {
        ExpectedRecord record = recordAt(offset);
        unless(offset + lengthBytes <= record.start + record.fixed.length, "a write passes its record", record);
        unless(!record.foreign, "what somebody else wrote is overwritten", record);
        unless(acknowledged.nextClearBit(0) > record.start, "fixed before it was delivered", record);
        for (int i = 0; i < lengthBytes; i++) {
            int at = (int) offset + i - record.start;
            if (!record.claimed.get(at) || record.fixed[at] != source[sourceIndex + i]) {
                throw new Violation("a byte is changed that is no fix's", record, at, (char) source[sourceIndex + i]);
            }
        }
    }

    /**
     * Records that somebody else can overwrite such that it shows: a journal does not know which bytes it changes, but
     * those around them.
     */
    List<ExpectedRecord> overwritable() {
        return records.stream()
                .filter(record -> record.next <= log.sizeBytes()
                        && record.claimed.cardinality() < record.fixed.length
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
                for (int i = record.start; i < record.contentEnd; i++) {
                    unless(log.at(i) == World.FOREIGN, "what somebody else wrote is gone", record);
                }
                continue;
            }
            boolean old = true;
            boolean changed = true;
            for (int i = record.start; i < Math.min(record.next, log.sizeBytes()); i++) {
                if (log.at(i) != original[i] && log.at(i) != fixed[i]) {
                    throw new Violation("a byte that is neither old nor new", record, i);
                }
                old &= log.at(i) == original[i];
                changed &= log.at(i) == fixed[i];
            }
            unless(!recovered || old || changed, "fixed by half after recovery", record);
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
                    record.foreign || log.isDurable(record.start, fixed, record.fixed.length),
                    "passed, and not fixed durably",
                    record,
                    who,
                    offset);
        }
    }

    /** Bytes that the windows before an offset account for: a record counts where it starts, unless it is too long. */
    long countedBefore(long offset) {
        if (offset == 0 || recordAt(offset - 1).next == offset) {
            return offset;
        }
        ExpectedRecord record = recordAt(offset - 1);
        int headEnd = Math.min(record.next, record.start + record.head.length());
        return record.oversized ? Math.max(offset, headEnd) : record.next;
    }

    Counts counts() {
        Counts sum = Counts.ZERO;
        for (ExpectedRecord record : records) {
            long length = record.lengthBytes();
            int matched = record.matched ? 1 : 0;
            ScanTally tally = record.oversized
                    ? new ScanTally(1, matched, 1, 0, 0, length)
                    : new ScanTally(1, matched, 0, matched * length, length - matched * length, 0);
            sum = sum.plus(new Counts(tally, record.emittedBy.cardinality(), record.claimed.cardinality()));
        }
        return sum;
    }
}
