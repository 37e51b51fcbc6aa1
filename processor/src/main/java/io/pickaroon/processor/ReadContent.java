package io.pickaroon.processor;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was read of a followed file, as far as is needed to notice that it is no longer there: where lines end before the
 * place that was reached, and the last lines themselves. Used in turns of the file, one at a time.
 */
final class ReadContent {
    private static final Logger LOG = LoggerFactory.getLogger(ReadContent.class);

    /** Up to here it was checked that what was read is still there, and where lines end before. */
    private long checkedOffset;

    private LineEnds lineEnds = LineEnds.UNKNOWN;
    private RecentLines recentLines = RecentLines.UNKNOWN;

    /** What the turn under way handed on last. */
    private ScannedWindow lastWindow;

    /** Reading begins, or goes on, at an offset: what stands before it now was read. */
    void startFrom(LogFile file, long offset) {
        checkedOffset = offset;
        lineEnds = LineEnds.before(file, offset);
        recentLines = RecentLines.UNKNOWN;
    }

    /** Whether what was read is still there. The file reaches at least as far as it was read. */
    boolean isStillIn(LogFile file) throws IOException {
        return lineEnds.areStillIn(file, checkedOffset) && recentLines.areStillIn(file);
    }

    /** A window was handed on. */
    void read(ScannedWindow window) {
        lastWindow = window;
    }

    /** A turn that handed on something has reached this offset. */
    void reached(LogFile file, long offset) {
        LineEnds now = LineEnds.before(file, offset);
        ScannedWindow last = lastWindow;
        lastWindow = null;
        try {
            RecentLines lines = RecentLines.before(file, offset, last).behind(recentLines);
            if (!now.equals(LineEnds.UNKNOWN)) {
                checkedOffset = offset;
                lineEnds = now;
                recentLines = lines;
            }
        } catch (IOException truncatedAgain) {
            LOG.debug("{}: {}", file, truncatedAgain.getMessage());
        }
    }

    /** Its lines are about to be changed in ways that are not remembered. */
    void forgetLines() {
        recentLines = RecentLines.UNKNOWN;
    }

    /** For the next session of the sink. */
    FileStart.Remembered remembered(FileIdentity identity, long sizeBytes) {
        return new FileStart.Remembered(identity, sizeBytes, checkedOffset, lineEnds);
    }
}
