package io.pickaroon.app.scan;

import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;

/** Prints the records that match, each once, however many patterns match it. */
final class MatchReport implements FileReport {
    private final RecordPrinter printer;
    private final Selection selection;
    private final Layout layout;
    /** Records in the windows before. */
    private long recordsBefore;

    private long selected;

    MatchReport(RecordPrinter printer, Selection selection, Layout layout) {
        this.printer = printer;
        this.selection = selection;
        this.layout = layout;
    }

    @Override
    public boolean accept(ScannedWindow window) throws IOException {
        MatchBatch matches = window.matches();
        long lastOffset = -1;
        for (int match = 0; match < matches.size() && selected < selection.most(); match++) {
            if (matches.recordOffset(match) != lastOffset) {
                lastOffset = matches.recordOffset(match);
                long number = layout.numbers() ? recordsBefore + matches.recordsBefore(match) + 1 : 0;
                selected++;
                printer.match(matches, match, number);
            }
        }
        recordsBefore += window.tally().records();
        printer.windowDone();
        return selected < selection.most();
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
