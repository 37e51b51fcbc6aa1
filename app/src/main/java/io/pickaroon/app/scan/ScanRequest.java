package io.pickaroon.app.scan;

import io.pickaroon.app.search.ReadingLimits;
import io.pickaroon.processor.time.TimedRecords;

/**
 * What a scan is asked for.
 *
 * @param searched what to look for
 * @param files where
 * @param selection which records are meant
 * @param answer what is told of each file
 * @param layout how records are printed
 * @param limits what bounds memory
 */
record ScanRequest(
        Searched searched, FileChoice files, Selection selection, Answer answer, Layout layout, ReadingLimits limits) {
    /**
     * The same, in records of a range of time. Records without a match are searched for then: those between matches may be of another
     * time.
     */
    ScanRequest within(TimedRecords range) {
        Searched timed = searched.within(range);
        return selection.inverted()
                ? new ScanRequest(timed.inverted(), files, selection.ofInverted(), answer, layout, limits)
                : new ScanRequest(timed, files, selection, answer, layout, limits);
    }

    /** True if no record is wanted, and so no file is read; but it is told which files have none. */
    boolean isAnsweredByNothing() {
        return selection.most() == 0 && answer != Answer.NAME_IF_NOT_FOUND;
    }

    /** True if what is printed could be found again, and again, if it went to a file that is read. */
    boolean mayFeedItself() {
        return answer == Answer.RECORDS && selection.most() > 1;
    }

    /** True if records are printed, and not only those that match. */
    boolean printsOthers() {
        return answer == Answer.RECORDS && selection.needsOthers();
    }
}
