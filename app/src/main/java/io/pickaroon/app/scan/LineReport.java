package io.pickaroon.app.scan;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.window.RecordWalk;
import java.io.IOException;

/**
 * Prints records around those that match, or instead of them. It keeps places alone, and reads again from the file what it
 * prints, so memory does not depend on how much context is wanted.
 */
final class LineReport implements FileReport {
    private static final int NOTHING_PRINTED = -1;

    private final RecordPrinter printer;
    private final Selection selection;
    private final Layout layout;
    private final FileLines lines = new FileLines();

    private final MatchingRecords records;

    private LogFile file;
    /** Where the first record starts, and the next one that was not dealt with; its number. */
    private long first;

    private long next = -1;
    private long nextNumber = 1;
    /** Where what was printed ends. */
    private long printedEnd = NOTHING_PRINTED;
    /** Records that are still printed after the last selected one. */
    private long pending;

    private long selected;
    /** Context was wanted that was no longer in memory. */
    private boolean isContextCut;

    LineReport(RecordPrinter printer, Selection selection, Layout layout) {
        this.printer = printer;
        this.selection = selection;
        this.layout = layout;
        this.records = new MatchingRecords(layout.numbers());
    }

    @Override
    public boolean accept(ScannedWindow window) throws IOException {
        file = window.file();
        lines.of(file);
        if (next < 0) {
            first = window.startOffset();
            next = first;
        }
        records.visit(window, this::matching);
        long end = window.end().offset();
        if (next < end && !isDone()) {
            others(window.end().startsRecord() ? end : lines.endOf(end - 1));
            nextNumber = records.records() + 1;
        }
        printer.windowDone();
        return !isDone();
    }

    private boolean isDone() {
        return selected == selection.most() && pending == 0;
    }

    /** Records up to an offset, none of which matches. */
    private void others(long end) throws IOException {
        if (next >= end) {
            return;
        }
        if (!selection.inverted() || selected == selection.most()) {
            contextAfter(end);
        } else {
            beginGroup();
            select(end);
            contextAfter(end);
        }
        next = end;
    }

    private void select(long end) throws IOException {
        if (layout.isPlain() && selection.most() == Long.MAX_VALUE) {
            selected++;
            lines.copy(next, end, printer.output());
            next = end;
        }
        while (next < end && selected < selection.most()) {
            selected++;
            line(RecordPrinter.SELECTED);
        }
        printedEnd = next;
        pending = Math.max(0, selection.after());
    }

    private void contextAfter(long end) throws IOException {
        while (pending > 0 && next < end) {
            line(RecordPrinter.CONTEXT);
            printedEnd = next;
            pending--;
        }
    }

    /** A record that matches, after others that do not. */
    private boolean matching(MatchBatch matches, int match, long number) throws IOException {
        others(matches.recordOffset(match));
        nextNumber = number;
        if (selection.inverted() || selected == selection.most()) {
            contextAfter(next + 1);
            next = endOf(matches, match);
        } else {
            beginGroup();
            selected++;
            printer.match(matches, match, number);
            next = endOf(matches, match);
            printedEnd = next;
            pending = Math.max(0, selection.after());
        }
        nextNumber = number + 1;
        return !isDone();
    }

    private long endOf(MatchBatch matches, int match) throws IOException {
        long contentEnd = matches.recordOffset(match) + matches.length(match);
        return matches.isHeadOnly(match) ? lines.endOf(contentEnd) : contentEnd + matches.delimiterBytes(match);
    }

    /** Prints what comes before the next record, which is selected. */
    private void beginGroup() throws IOException {
        if (selection.separatesGroups()) {
            long lowest = printedEnd == NOTHING_PRINTED ? first : printedEnd;
            RecordWalk.Back before = back(lowest);
            if (before.offset() != printedEnd) {
                printer.separateGroups();
            }
            long end = next;
            long number = nextNumber;
            next = before.offset();
            nextNumber -= before.records();
            while (next < end) {
                line(RecordPrinter.CONTEXT);
            }
            next = end;
            nextNumber = number;
        }
        printer.beginGroup();
    }

    private RecordWalk.Back back(long lowest) throws IOException {
        if (selection.before() <= 0 || next <= lowest) {
            return new RecordWalk.Back(next, 0);
        }
        long readable = file.firstOffset();
        RecordWalk.Back back = lines.back(next, Math.max(lowest, readable), selection.before());
        if (readable <= lowest || back.offset() > readable) {
            return back;
        }
        // The first line that can be read may be the end of one.
        isContextCut = true;
        return new RecordWalk.Back(Math.min(next, lines.endOf(readable)), back.records() - 1);
    }

    /** Prints the next record, as it stands in the file. */
    private void line(char separator) throws IOException {
        long end = lines.endOf(next);
        if (!layout.matchesOnly()) {
            printer.head(nextNumber, separator);
            if (layout.isForTerminal() && lines.holdsNul(next, end)) {
                printer.nulNotice();
            } else {
                lines.copy(next, end, printer.output());
            }
        }
        next = end;
        nextNumber++;
    }

    @Override
    public boolean looksBack() {
        return true;
    }

    /** All that may still be printed, of what has come already. */
    @Override
    public long keepOffset() {
        if (next < 0) {
            return Long.MAX_VALUE;
        }
        try {
            return back(printedEnd == NOTHING_PRINTED ? first : printedEnd).offset();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void pause() throws IOException {
        printer.flush();
    }

    @Override
    public boolean hasSelected() {
        return selected > 0;
    }

    @Override
    public void end() throws IOException {
        if (isContextCut) {
            printer.flush();
            System.err.println(
                    "pickaroon: only the last 16 MiB of a stream are kept: some records before a match are missing");
        }
    }
}
