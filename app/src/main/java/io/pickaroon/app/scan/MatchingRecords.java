package io.pickaroon.app.scan;

import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;

/** The records of a file that match, each once, however many patterns match it. */
final class MatchingRecords {
    /** Takes them. */
    interface Visitor {
        /**
         * Takes the next one.
         *
         * @param match the first match of the record
         * @param number of the record in the file, from 1 on; 0 if numbers are not wanted
         * @return whether the next one is wanted
         */
        boolean record(MatchBatch matches, int match, long number) throws IOException;
    }

    private final boolean numbers;
    /** Records in the windows before. */
    private long recordsBefore;

    MatchingRecords(boolean numbers) {
        this.numbers = numbers;
    }

    /** Passes those of the next window to the visitor. */
    void visit(ScannedWindow window, Visitor visitor) throws IOException {
        MatchBatch matches = window.matches();
        long lastOffset = -1;
        boolean goesOn = true;
        for (int match = 0; match < matches.size() && goesOn; match++) {
            if (matches.recordOffset(match) != lastOffset) {
                lastOffset = matches.recordOffset(match);
                goesOn = visitor.record(matches, match, numbers ? recordsBefore + matches.recordsBefore(match) + 1 : 0);
            }
        }
        recordsBefore += window.tally().records();
    }

    /** How many records there are in the windows so far, those included that do not match; 0 if that is not known. */
    long records() {
        return recordsBefore;
    }
}
