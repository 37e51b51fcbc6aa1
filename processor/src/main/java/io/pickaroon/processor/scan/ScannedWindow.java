package io.pickaroon.processor.scan;

import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.rule.EmittingRules;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A stretch of a log file that has been scanned, with the matches found in it. Only the scanner makes one.
 *
 * <p>It is a whole window, or a part of one where matches are so dense that the window is emitted in several parts.
 * Where the end of the file ends a record, and no delimiter, the window in which the record starts reaches to the end,
 * and the later ones are empty. The bytes of the matches are copies, so later changes of the file do not change them.
 * Immutable once published; safe to share between threads.
 */
public final class ScannedWindow {
    private final Stretch stretch;
    private final MatchBatch matches;
    private final EditBatch edits;
    private final ScanTally tally;
    private final EmittingRules emitting;
    /** Null unless it is the head of another one. */
    private final ScannedWindow whole;

    /**
     * The stretch of the file that was scanned.
     *
     * @param input id of the input whose file it is; empty where there are no inputs
     * @param start its first byte
     * @param end where the next stretch begins
     * @param lineEnds where lines ended before the end when it was scanned
     * @param sizeBytes size of the file when it was scanned, at least the offset of the end
     */
    record Stretch(String input, LogFile file, Position start, Position end, LineEnds lineEnds, long sizeBytes) {
        /** Reads what the file is like now. */
        static Stretch read(String input, LogFile file, Position start, Position end) {
            LineEnds lineEnds = LineEnds.before(file, end.offset());
            return new Stretch(input, file, start, end, lineEnds, size(file, end.offset()));
        }

        private static long size(LogFile file, long leastBytes) {
            try {
                return Math.max(leastBytes, file.sizeBytes());
            } catch (IOException cannotTell) {
                return leastBytes;
            }
        }
    }

    ScannedWindow(Stretch stretch, MatchBatch matches, EditBatch edits, ScanTally tally, EmittingRules emitting) {
        this(stretch, matches, edits, tally, emitting, null);
    }

    private ScannedWindow(
            Stretch stretch,
            MatchBatch matches,
            EditBatch edits,
            ScanTally tally,
            EmittingRules emitting,
            ScannedWindow whole) {
        this.stretch = stretch;
        this.matches = matches;
        this.edits = edits;
        this.tally = tally;
        this.emitting = emitting;
        this.whole = whole;
    }

    public LogFile file() {
        return stretch.file();
    }

    /** Id of the input whose file it is; empty where there are no inputs. */
    public String input() {
        return stretch.input();
    }

    /** First byte of the stretch, as an offset in the file. */
    public long startOffset() {
        return stretch.start().offset();
    }

    /** Where the stretch begins. */
    public Position start() {
        return stretch.start();
    }

    /** Where the next stretch of the same file begins. */
    public Position end() {
        return stretch.end();
    }

    /** Where lines ended before {@link #end} when it was scanned: the file may have been truncated since. */
    public LineEnds lineEnds() {
        return stretch.lineEnds();
    }

    /** Size that the file had when it was scanned. */
    public long sizeBytes() {
        return stretch.sizeBytes();
    }

    /** The matches to emit. */
    public MatchBatch matches() {
        return matches;
    }

    /** The edits to make in the file once the matches are delivered. */
    public EditBatch edits() {
        return edits;
    }

    public ScanTally tally() {
        return tally;
    }

    /**
     * Fingerprints of the rules whose matches it holds. The fingerprint of a rule is the same in every run, and changes
     * with everything that decides what the rule matches.
     */
    public Set<String> rules() {
        return emitting.fingerprints();
    }

    /** One fingerprint for all of {@link #rules()} together; never 0. */
    public long allRules() {
        return emitting.all();
    }

    /**
     * The same stretch, with what a position says of the streams of a container log where both end at the same offset: a scan up to
     * there does not see why the last record of a stream has ended.
     */
    public ScannedWindow withStreamsOf(Position position) {
        Position end = stretch.end();
        if (end.offset() != position.offset() || end.streams().equals(position.streams())) {
            return this;
        }
        Position other = new Position(end.offset(), end.startsRecord(), position.streams());
        Stretch same = new Stretch(
                stretch.input(), stretch.file(), stretch.start(), other, stretch.lineEnds(), stretch.sizeBytes());
        return new ScannedWindow(same, matches, edits, tally, emitting);
    }

    /** The same stretch without its edits, for a file that is never changed. Masked bytes stay masked. */
    public ScannedWindow withoutEdits() {
        return new ScannedWindow(stretch, matches, new EditBatch(), tally, emitting);
    }

    /**
     * The head of it that ends where the record of a match begins, for a destination that has taken the records before that one
     * only. Reads the file: the head has a position of its own. Its tally counts the records that matched, and all bytes as
     * theirs.
     *
     * @return empty if no match is in the head, if the window has edits, if it is one of a container log, in which a record has no
     *     position of its own here, or if the file may have other content by now
     */
    public Optional<ScannedWindow> before(int match) {
        int count = match;
        while (count > 0 && matches.recordOffset(count - 1) == matches.recordOffset(match)) {
            count--;
        }
        if (count == 0 || edits.heldBytes() > 0 || matches.isOfContainer()) {
            return Optional.empty();
        }
        Stretch head = Stretch.read(input(), file(), stretch.start(), new Position(matches.recordOffset(match), true));
        if (!isStillThere()) {
            return Optional.empty();
        }
        long records = IntStream.range(0, count)
                .mapToLong(matches::recordOffset)
                .distinct()
                .count();
        ScanTally headTally = new ScanTally(records, records, 0, head.end().offset() - startOffset(), 0, 0);
        return Optional.of(
                new ScannedWindow(head, matches.first(count), new EditBatch(), headTally, emitting, whole()));
    }

    private boolean isStillThere() {
        try {
            return lineEnds().lengthBytes() > 0 && lineEnds().areStillIn(file(), end().offset());
        } catch (IOException cannotTell) {
            return false;
        }
    }

    /** The window that this is the {@link #before head} of, or else this one. */
    public ScannedWindow whole() {
        return whole == null ? this : whole;
    }

    @Override
    public String toString() {
        return "%s[%d, %d)".formatted(NativePath.printable(file().path()), startOffset(), end().offset());
    }
}
