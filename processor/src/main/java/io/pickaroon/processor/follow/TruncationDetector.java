package io.pickaroon.processor.follow;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.read.StartPosition;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;

/**
 * Notices that what was read of a followed file is no longer there: by where lines end before the place that was reached, and
 * by the last lines themselves. Used in turns of the file, one at a time. Decides nothing about what follows from that.
 */
final class TruncationDetector {
    private final boolean remembersLines;
    /** Up to here it was checked that what was read is still there, and where lines end before. */
    private long checkedOffset;

    private LineEnds lineEnds = LineEnds.UNKNOWN;
    private RecentLines recentLines = RecentLines.UNKNOWN;

    /** Where lines ended, when the turn under way began, before the offset that it may read to. */
    private LineEnds ahead = LineEnds.UNKNOWN;

    private long aheadOffset;

    /**
     * @param remembersLines whether a line is changed only by fixes of the window that it starts in; not if line feeds may
     *     stand within records
     */
    TruncationDetector(boolean remembersLines) {
        this.remembersLines = remembersLines;
    }

    /** Reading begins, or goes on, at an offset: what stands before it now, where lines end so, was read. */
    void startFrom(long offset, LineEnds before) {
        checkedOffset = offset;
        lineEnds = before;
        recentLines = RecentLines.UNKNOWN;
    }

    /** Whether what was read is still there. The file reaches at least as far as it was read. */
    boolean isStillIn(LogFile file) throws IOException {
        return lineEnds.areStillIn(file, checkedOffset) && recentLines.areStillIn(file);
    }

    /** A turn begins, which reads no further than to this offset. */
    void startTurn(LogFile file, long limitOffset) throws IOException {
        ahead = LineEnds.require(file, limitOffset);
        aheadOffset = limitOffset;
    }

    /**
     * Takes note of a window that is about to be emitted.
     *
     * @throws FileTruncatedException if it may hold what was written after a truncation: then what was there when the turn
     *     began is gone, and because that never comes back, what stood there before the window was checked is enough to know
     */
    void emit(LogFile file, ScannedWindow window) throws IOException {
        long offset = window.end().offset();
        LineEnds now = LineEnds.require(file, offset);
        RecentLines lines =
                remembersLines ? RecentLines.before(file, offset, window).behind(recentLines) : RecentLines.UNKNOWN;
        if (now.equals(LineEnds.UNKNOWN) || !isStillIn(file) || !ahead.areStillIn(file, aheadOffset)) {
            throw new FileTruncatedException(file.path(), offset, 0);
        }
        checkedOffset = offset;
        lineEnds = now;
        recentLines = lines;
    }

    /** Its lines are about to be changed in ways that are not remembered. */
    void forgetLines() {
        recentLines = RecentLines.UNKNOWN;
    }

    /** For the next session of the sink. */
    StartPosition.Remembered remembered(FileIdentity identity, long sizeBytes) {
        return new StartPosition.Remembered(identity, sizeBytes, checkedOffset, lineEnds);
    }
}
