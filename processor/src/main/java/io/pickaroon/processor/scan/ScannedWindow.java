package io.pickaroon.processor.scan;

import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.util.Set;

/**
 * A stretch of a log file that has been scanned, with the matches found in it. Only the scanner makes one.
 *
 * <p>It is a whole window, or a part of one where matches are so dense that the window is handed on in several pieces.
 * Where no delimiter but the end of the file ends a record, the window in which that starts reaches to the end, and the
 * later ones are empty.
 * The bytes of the matches are copies: they stay what they were when they matched, whatever happens to the file.
 * Immutable once published; safe to share between threads.
 */
public final class ScannedWindow {
    private final LogFile file;
    private final long startOffset;
    private final Position end;
    private final MatchBatch matches;
    private final EditBatch edits;
    private final ScanTally tally;
    private final EmittingRules emitting;
    private final LineEnds lineEnds;
    private final long sizeBytes;

    ScannedWindow(
            LogFile file,
            long startOffset,
            Position end,
            MatchBatch matches,
            EditBatch edits,
            ScanTally tally,
            EmittingRules emitting) {
        this.file = file;
        this.startOffset = startOffset;
        this.end = end;
        this.matches = matches;
        this.edits = edits;
        this.tally = tally;
        this.emitting = emitting;
        this.lineEnds = LineEnds.before(file, end.offset());
        this.sizeBytes = sizeBytes(file, end.offset());
    }

    private ScannedWindow(ScannedWindow other, EditBatch edits) {
        this.file = other.file;
        this.startOffset = other.startOffset;
        this.end = other.end;
        this.matches = other.matches;
        this.edits = edits;
        this.tally = other.tally;
        this.emitting = other.emitting;
        this.lineEnds = other.lineEnds;
        this.sizeBytes = other.sizeBytes;
    }

    private static long sizeBytes(LogFile file, long leastBytes) {
        try {
            return Math.max(leastBytes, file.sizeBytes());
        } catch (IOException cannotTell) {
            return leastBytes;
        }
    }

    public LogFile file() {
        return file;
    }

    /** First byte of the stretch, as an offset in the file. */
    public long startOffset() {
        return startOffset;
    }

    /** Where the next stretch of the same file begins. */
    public Position end() {
        return end;
    }

    /** Where lines ended before {@link #end} when it was scanned: the file may have been truncated since. */
    public LineEnds lineEnds() {
        return lineEnds;
    }

    /** Size that the file had when it was scanned. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** What is to be emitted. */
    public MatchBatch matches() {
        return matches;
    }

    /** What is to be changed in the file once the matches are delivered. */
    public EditBatch edits() {
        return edits;
    }

    public ScanTally tally() {
        return tally;
    }

    /**
     * Fingerprints of the rules whose matches it holds. That of a rule stays the same from run to run, and changes with
     * whatever decides what the rule matches.
     */
    public Set<String> rules() {
        return emitting.fingerprints();
    }

    /** One fingerprint for all of {@link #rules()} together; never 0. */
    public long allRules() {
        return emitting.all();
    }

    /** The same stretch of a file that is never changed. What is masked stays so. */
    public ScannedWindow withoutEdits() {
        return new ScannedWindow(this, new EditBatch());
    }

    @Override
    public String toString() {
        return "%s[%d, %d)".formatted(file.path(), startOffset, end.offset());
    }
}
