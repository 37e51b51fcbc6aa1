package io.pickaroon.app.scan;

import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;

/** Prints the records that match, each once, however many patterns match it. */
final class MatchReport implements FileReport {
    private final RecordPrinter printer;
    private final Selection selection;
    private final MatchingRecords records;
    private long selected;

    MatchReport(RecordPrinter printer, Selection selection, Layout layout) {
        this.printer = printer;
        this.selection = selection;
        this.records = new MatchingRecords(layout.numbers());
    }

    @Override
    public boolean accept(ScannedWindow window) throws IOException {
        if (selected < selection.most()) {
            records.visit(window, this::print);
        }
        printer.windowDone();
        return selected < selection.most();
    }

    private boolean print(MatchBatch matches, int match, long number) throws IOException {
        printer.match(matches, match, number);
        return ++selected < selection.most();
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
    public void end() {
        // Everything is printed.
    }
}
