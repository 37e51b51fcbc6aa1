package io.pickaroon.connect.read;

import io.pickaroon.connect.generation.Decision;
import io.pickaroon.connect.split.FileMark;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.processor.decode.DecodedFile;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.follow.HeldContext;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.window.ContentStart;
import io.pickaroon.processor.window.Window;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one split of an open file, window by window: the records that start in it, and no others. The last of them may reach
 * past the end of the split. A container log is one split, whatever its size.
 *
 * <p>What it returns was read from the generation of its split: the file is compared with the evidence of that generation, and
 * with what was read before, ahead of each window and after it. Used by one thread at a time. Does not commit, and does not
 * close the file.
 */
public final class SplitReader implements WindowReader {
    private final SplitInput input;
    private final LogFile opened;
    /** The same, with ids that are the same on every host. */
    private final LogFile file;

    private final Split split;
    private final List<SplitOffset> evidence;
    private final long splitBytes;
    private final Set<String> rules;
    private final HeldContext context;
    private final HeldParts parts;
    private Position reached;
    /** Where lines ended before it when it was reached. */
    private LineEnds lineEnds;
    /** The last place up to there at which a record is known to start. */
    private long floorOffset;

    /** A window was read. Until then it is found out anew where the first record starts: more of the file may be there now. */
    private boolean isBegun;

    private boolean isHolding;
    /** Size of the file when what was read last was there. */
    private long seenBytes;

    /**
     * @param file open; if it is decoded, it is one split, whatever its size, and any part of it can be read
     * @param decision which split of which generation it is, and from where on
     * @param splitBytes size of a split; 0: the file is one split
     */
    public SplitReader(SplitInput input, LogFile file, Decision.Read decision, long splitBytes) {
        if (file instanceof DecodedFile) {
            throw new IllegalArgumentException(file + " forgets what was read");
        }
        this.input = input;
        this.split = decision.split();
        this.opened = file;
        this.file = new KeyedFile(file, split.file());
        this.evidence = decision.evidence();
        this.context = input.newHeldContext();
        this.parts = new HeldParts(input);
        this.splitBytes = splitBytes;
        this.rules =
                SplitOffset.rulesSinceStart(decision.from(), input.scanner().fingerprints());
        this.reached = decision.from()
                .map(SplitOffset::position)
                .orElseGet(() -> new Position(split.startOffset(splitBytes), split.number() == 0));
        this.lineEnds = decision.from().map(SplitOffset::lineEnds).orElse(LineEnds.UNKNOWN);
    }

    @Override
    public Split split() {
        return split;
    }

    @Override
    public LogFile file() {
        return opened;
    }

    @Override
    public Position reached() {
        return reached;
    }

    @Override
    public boolean isAtEnd() throws IOException {
        return reached.offset() >= endOffset() || !input.isGrowing() && reached.offset() >= file.sizeBytes();
    }

    @Override
    public boolean isHolding() {
        return isHolding;
    }

    @Override
    public long unreadBytes() {
        return Math.max(0, Math.min(seenBytes, endOffset()) - reached.offset());
    }

    @Override
    public void endWithFile() {
        parts.endWithFile();
    }

    @Override
    public SplitOffset offset() {
        return new SplitOffset(
                reached, rules, lineEnds, FileMark.of(file.identity()), splitBytes, NativePath.printable(file.path()));
    }

    @Override
    public Optional<ScannedWindow> next(long mostBytes) throws IOException {
        requireSame();
        if (!isBegun && !begin() || isAtEnd()) {
            return Optional.empty();
        }
        // Seen first: if it is still there in the end, the limit, too, was found in the same content.
        long sizeBytes = file.sizeBytes();
        LineEnds ahead = LineEnds.before(file, sizeBytes);
        Reach reach = reach(sizeBytes);
        if (reach.endOffset() <= reached.offset() || reach.limitOffset() > sizeBytes) {
            return Optional.empty();
        }
        Optional<ScannedWindow> read = firstPart(new Window(
                file, reached, end(reach.endOffset(), mostBytes), reach.limitOffset(), floorOffset, reach.holdsOpen()));
        requireSame();
        boolean isUnread =
                read.isEmpty() || read.get().lineEnds().equals(LineEnds.UNKNOWN) || ahead.equals(LineEnds.UNKNOWN);
        if (isUnread || !ahead.areStillIn(file, sizeBytes)) {
            throw new FileTruncatedException(file.path(), reach.limitOffset(), file.sizeBytes());
        }
        ScannedWindow part = read.get();
        seenBytes = sizeBytes;
        isBegun = true;
        reach(part.end(), part.lineEnds());
        return Optional.of(part);
    }

    /** Of content that is decoded, it is known only when its first bytes are there that it is one split. */
    private long endOffset() {
        return split.endOffset(file.isDecoded() || input.isOfContainers() ? 0 : splitBytes);
    }

    /** Up to where records are complete; after the size if the file has grown since that was read. */
    private Reach reach(long sizeBytes) throws IOException {
        if (!input.isGrowing()) {
            return new Reach(sizeBytes, sizeBytes, false);
        }
        if (input.isOfContainers()) {
            Reach ofParts = parts.of(file, reached, sizeBytes);
            isHolding = parts.isHeld(reached.offset()) && ofParts.endOffset() == reached.offset();
            return ofParts;
        }
        long limitOffset = input.plan().complete(file, reached).recordsOffset();
        if (limitOffset <= reached.offset() || limitOffset > sizeBytes) {
            return new Reach(reached.offset(), limitOffset, false);
        }
        long emittedOffset = context.hold(file, reached, limitOffset);
        isHolding = emittedOffset < limitOffset;
        return new Reach(emittedOffset, limitOffset, false);
    }

    private long end(long emittedOffset, long mostBytes) {
        WindowPlan plan = input.plan();
        long cut = Math.min(plan.windowBytes() - reached.offset() % plan.windowBytes(), mostBytes);
        return Math.min(Math.min(endOffset(), emittedOffset), reached.offset() + cut);
    }

    /**
     * The rest of the window is scanned as another one: it begins where a record does. Empty if none could be read although one was
     * there, of a container log that was truncated meanwhile.
     */
    private Optional<ScannedWindow> firstPart(Window window) throws IOException {
        ScannedWindow[] first = new ScannedWindow[1];
        input.scanner().scan(window, part -> {
            first[0] = part;
            return false;
        });
        return Optional.ofNullable(first[0]);
    }

    /** Finds out where to begin. Returns false if that is not known yet. */
    private boolean begin() throws IOException {
        boolean isRaised = split.file().generation() > 0;
        long contentOffset = ContentStart.offset(file, input.plan().delimiter(), isRaised);
        if (contentOffset < 0) {
            // NULs and nothing else.
            if (!input.isGrowing()) {
                long end = Math.max(reached.offset(), Math.min(endOffset(), file.sizeBytes()));
                reach(new Position(end, true), LineEnds.before(file, end));
            }
            return false;
        }
        floorOffset = Math.min(contentOffset, reached.offset());
        if (contentOffset >= endOffset()) {
            reach(new Position(endOffset(), false), LineEnds.before(file, endOffset()));
        } else if (contentOffset > reached.offset() || contentOffset == reached.offset() && isAtStart()) {
            reach(new Position(contentOffset, true), LineEnds.before(file, contentOffset));
        } else {
            reach(reached, lineEnds);
        }
        return true;
    }

    private boolean isAtStart() {
        return lineEnds.equals(LineEnds.UNKNOWN);
    }

    private void reach(Position position, LineEnds before) {
        reached = position;
        lineEnds = before;
        if (position.startsRecord()) {
            floorOffset = position.offset();
        }
    }

    private void requireSame() throws IOException {
        boolean isSame = file.sizeBytes() >= reached.lastDone() || !isBegun;
        for (SplitOffset each : evidence) {
            isSame &= each.fitOf(file) == SplitOffset.Fit.FITS;
        }
        if (!isSame || !lineEnds.areStillIn(file, reached.offset())) {
            throw new FileTruncatedException(file.path(), reached.offset(), file.sizeBytes());
        }
    }
}
