package io.pickaroon.processor.simulation;

import static io.pickaroon.processor.simulation.Violation.unless;

import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.WindowPlan;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** A log of lines that hold nothing but text. */
final class ExpectedText extends ExpectedLog {
    private final ExpectedLines lines;
    private final List<Rule> rules;
    /** Where a run to the end of the file ended a record that the application had not ended. */
    private final BitSet cuts = new BitSet();

    /** The last of them, while it is open whether the run came so far; otherwise -1. */
    private int doubtfulCut = -1;

    ExpectedText(String text, WindowPlan plan, List<Rule> rules, SimulatedLog log) {
        super(text, log);
        this.lines = new ExpectedLines(text, plan);
        this.rules = rules;
        readFrom(0);
    }

    private void readFrom(int from) {
        forgetFrom(from);
        for (int start = from; start < original.length; ) {
            int cut = cuts.nextSetBit(start + 1);
            ExpectedRecord record = lines.record(start, cut < 0 ? original.length : cut, rules);
            take(record);
            start = record.next;
        }
    }

    @Override
    void runsToEnd() {
        int size = log().sizeBytes();
        if (size > 0 && recordEnd(size) != size) {
            ExpectedRecord last = recordAt(size - 1);
            if (lines.isCut(last.start, size)) {
                cuts.set(size);
                doubtfulCut = size;
                cutAnew(last);
            }
        }
    }

    @Override
    boolean isInDoubt() {
        return doubtfulCut >= 0;
    }

    @Override
    void settle(long reachedOffset, boolean atMostOnce) {
        if (isInDoubt() && reachedOffset < doubtfulCut) {
            ExpectedRecord last = recordAt(doubtfulCut - 1);
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

    /** The end of the first record that ends at or after an offset. */
    @Override
    int recordEnd(int offset) {
        return offset == 0 ? 0 : recordAt(offset - 1).next;
    }

    /**
     * Where a window without a record of its own begins: it holds the rest of a record of which the start was acknowledged,
     * perhaps to another process, or was there before.
     */
    @Override
    int startOfRest(int end) {
        int known = acknowledged.nextClearBit(beginOffset());
        return known < end && recordAt(end - 1L).start < known ? known : end;
    }

    @Override
    boolean mayBeOverwritten(ExpectedRecord record) {
        return !isInDoubt() || record.next < doubtfulCut;
    }

    @Override
    boolean hasCuts() {
        return !cuts.isEmpty();
    }

    @Override
    boolean isInsideAfterCut(long offset) {
        return offset > 0 && recordAt(offset - 1).next != offset && cuts.get(recordAt(offset - 1).start);
    }

    @Override
    long countedBefore(long offset) {
        if (offset == 0 || recordAt(offset - 1).next == offset) {
            return offset;
        }
        return recordAt(offset - 1).countedBefore(offset);
    }
}
