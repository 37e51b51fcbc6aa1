package io.pickaroon.app.fix;

import io.pickaroon.processor.fix.FixTally;
import io.pickaroon.processor.scan.ScanTally;

/**
 * What was done, or would be done, in one file or in several.
 *
 * @param scanned what was read
 * @param fixes what was changed, and what was left alone and why
 */
public record FileOutcome(ScanTally scanned, FixTally fixes) {
    public static final FileOutcome NOTHING = new FileOutcome(ScanTally.ZERO, FixTally.ZERO);

    public FileOutcome plus(FileOutcome other) {
        return new FileOutcome(scanned.plus(other.scanned), fixes.plus(other.fixes));
    }

    /** Whether something may be left that the rules would have changed had they seen it, or found it unchanged. */
    public boolean isIncomplete() {
        return scanned.oversizedRecords() > 0 || fixes.changedMeanwhile() > 0;
    }
}
