package io.pickaroon.processor;

import io.pickaroon.processor.scan.ScanTally;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import reactor.core.Exceptions;

/** Passes the windows of a search on, and adds up what was read. Used by one thread at a time. */
final class PassedWindows {
    private final LogSearch.Findings findings;
    private ScanTally all = ScanTally.ZERO;

    PassedWindows(LogSearch.Findings findings) {
        this.findings = findings;
    }

    /** What was read so far. */
    ScanTally all() {
        return all;
    }

    boolean pass(ScannedWindow window) throws IOException {
        all = all.plus(window.tally());
        return findings.accept(window);
    }

    boolean passOfFlux(ScannedWindow window) {
        try {
            return pass(window);
        } catch (IOException e) {
            throw Exceptions.propagate(e);
        }
    }
}
