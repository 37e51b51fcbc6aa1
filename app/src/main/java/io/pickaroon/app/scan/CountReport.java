package io.pickaroon.app.scan;

import io.pickaroon.processor.scan.ScanTally;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.util.List;

/** Counts records, and prints a number or a name when the file was read. */
final class CountReport implements FileReport {
    private final RecordPrinter printer;
    private final Answer answer;
    private final Selection selection;
    private final List<String> patterns;
    private final long[] byPattern;
    private long selected;

    /** @param patterns what was searched for, as it was written */
    CountReport(RecordPrinter printer, Answer answer, Selection selection, List<String> patterns) {
        this.printer = printer;
        this.answer = answer;
        this.selection = selection;
        this.patterns = patterns;
        this.byPattern = new long[answer == Answer.COUNT_BY_PATTERN ? patterns.size() : 0];
    }

    @Override
    public boolean accept(ScannedWindow window) {
        if (selection.most() == 0) {
            return false;
        }
        ScanTally tally = window.tally();
        selected += selection.inverted() ? tally.records() - tally.matchedRecords() : tally.matchedRecords();
        for (int pattern = 0; pattern < byPattern.length; pattern++) {
            byPattern[pattern] += window.matches().matchedRecords(pattern);
        }
        return selected < (answer.needsOne() ? 1 : selection.most());
    }

    @Override
    public boolean hasSelected() {
        return selected > 0;
    }

    @Override
    public void end() throws IOException {
        switch (answer) {
            case COUNT -> printer.count(Math.min(selected, selection.most()), "");
            case COUNT_BY_PATTERN -> {
                for (int pattern = 0; pattern < byPattern.length; pattern++) {
                    printer.count(byPattern[pattern], patterns.get(pattern));
                }
            }
            case NAME_IF_FOUND -> printer.nameIf(selected > 0);
            case NAME_IF_NOT_FOUND -> printer.nameIf(selected == 0);
            case RECORDS, NOTHING -> {
                return;
            }
        }
    }
}
