package io.pickaroon.processor.simulation;

import static io.pickaroon.processor.simulation.Violation.unless;

import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.window.WindowPlan;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A container log, in which records of two streams stand in turns. */
final class ExpectedStreams extends ExpectedLog {
    private final ExpectedMessages messages;
    private final List<Rule> rules;
    /** Where the present run to the end of the file may end what is open. */
    private final BitSet unsettledCuts = new BitSet();
    /** Whether one of them makes other records of the log. */
    private boolean isInDoubt;

    ExpectedStreams(String text, WindowPlan plan, List<Rule> rules, SimulatedLog log) {
        super(text, log);
        this.messages = new ExpectedMessages(text, plan);
        this.rules = rules;
        readAnew();
    }

    /** What has become of a record stays known where it is the same one. */
    private void readAnew() {
        Map<Integer, ExpectedRecord> before =
                records().stream().collect(Collectors.toMap(record -> record.start, Function.identity()));
        forgetFrom(0);
        for (ExpectedMessages.Message message : messages.read()) {
            ExpectedRecord same = before.get(message.place().start());
            boolean isSame = same != null && same.place.isSame(message.place());
            take(isSame ? same : message.record(rules));
        }
    }

    @Override
    void beginsAtEnd() {
        super.beginsAtEnd();
        messages.beginAt(beginOffset());
        readAnew();
    }

    @Override
    void handedOver(ScannedWindow window) {
        super.handedOver(window);
        List<ExpectedRecord> in = records().stream()
                .filter(record -> record.start >= window.startOffset()
                        && record.start < window.end().offset())
                .toList();
        long cut = in.stream().filter(record -> record.place.isCut()).count();
        long foreign = in.stream().filter(record -> record.place.stream() < 0).count();
        unless(window.matches().foreignLines() == foreign, "lines are taken for others", window, in);
        unless(window.matches().cutRecords() == cut, "parts of messages are taken for others", window, cut, in);
    }

    /**
     * A cut is kept even where it changes nothing: a record that ends there because the part behind it is too long would
     * take in the beginning of that part, if another run ended in the middle of it.
     */
    @Override
    void runsToEnd() {
        int size = log().sizeBytes();
        if (size > 0 && size < original.length) {
            isInDoubt |= !messages.isSameWithCut(size);
            messages.cut(size);
            unsettledCuts.set(size);
            readAnew();
        }
    }

    @Override
    boolean isInDoubt() {
        return isInDoubt;
    }

    @Override
    void settle(long reachedOffset, boolean atMostOnce) {
        if (isInDoubt) {
            for (ExpectedRecord record : records()) {
                boolean isPassed = record.start < reachedOffset;
                unless(
                        !atMostOnce
                                || isPassed
                                || Arrays.stream(record.arrivals).sum() == 0,
                        "emitted, and its start not passed",
                        record,
                        reachedOffset);
            }
            acknowledged.clear((int) reachedOffset, original.length);
        }
        unsettledCuts.stream()
                .forEach(cut -> messages.keepCuts(
                        cut,
                        isPassed(0, cut, reachedOffset),
                        isPassed(1, cut, reachedOffset),
                        isLinePassed(cut, reachedOffset)));
        unsettledCuts.clear();
        isInDoubt = false;
        readAnew();
    }

    /** Whether the run has come past the start of the record of a stream that it would have cut there. */
    private boolean isPassed(int stream, int cut, long reachedOffset) {
        return records().stream()
                .filter(record -> record.place.stream() == stream && record.start < cut)
                .reduce((_, last) -> last)
                .filter(last -> last.start >= reachedOffset)
                .isEmpty();
    }

    private boolean isLinePassed(int cut, long reachedOffset) {
        int start = recordAt(cut - 1L).start;
        return start < beginOffset() ? reachedOffset >= cut : start < reachedOffset;
    }

    @Override
    int recordEnd(int offset) {
        int end = offset;
        while (end > 0 && end < original.length && !messages.isSameWithCut(end)) {
            end = messages.lineEnd(end);
        }
        return end;
    }

    @Override
    int startOfRest(int end) {
        return end;
    }

    @Override
    boolean mayBeOverwritten(ExpectedRecord record) {
        return false;
    }

    /** The position says which lines are done, so nothing depends on what a run finds before it. */
    @Override
    boolean hasCuts() {
        return false;
    }

    @Override
    boolean isInsideAfterCut(long offset) {
        return false;
    }

    @Override
    long countedBefore(long offset) {
        return records().stream()
                .filter(record -> record.start < offset)
                .mapToLong(record -> record.place.fileBytes())
                .sum();
    }
}
