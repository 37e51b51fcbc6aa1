package io.pickaroon.processor.simulation;

import io.pickaroon.processor.scan.ScanTally;

/** What an undisturbed run must count. */
record Counts(ScanTally scanned, long matches, long fixedBytes) {
    static final Counts ZERO = new Counts(ScanTally.ZERO, 0, 0);

    Counts plus(Counts other) {
        return new Counts(scanned.plus(other.scanned), matches + other.matches, fixedBytes + other.fixedBytes);
    }
}
