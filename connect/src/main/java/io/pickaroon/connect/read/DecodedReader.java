package io.pickaroon.connect.read;

import io.pickaroon.connect.generation.Decision;
import io.pickaroon.connect.split.ArchiveEnd;
import io.pickaroon.connect.split.FileMark;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.processor.decode.DecodedFile;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.window.ContentStart;
import io.pickaroon.processor.window.DecodedWindows;
import io.pickaroon.processor.window.Window;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import reactor.core.Exceptions;

/**
 * Reads a file whose content is decoded, such as an archive, from its start or from where it was left: it is one split, and what
 * was read is forgotten. Offsets are those of the decoded content.
 */
public final class DecodedReader implements WindowReader {
    private final SplitInput input;
    private final DecodedFile file;
    private final Split split;
    private final ArchiveEnd stored;
    private final long splitBytes;
    private final Set<String> rules;
    private final LogFile keyed;
    private Position reached;
    private LineEnds lineEnds;
    private boolean isBegun;
    private boolean isEnded;

    /**
     * @param file decoded up to the offset that it is read from, by {@link #skipTo}
     * @param stored where it ends, read before it was decoded
     * @param splitBytes size of a split, which goes into the offset
     */
    public DecodedReader(
            SplitInput input, DecodedFile file, Decision.Read decision, ArchiveEnd stored, long splitBytes) {
        this.input = input;
        this.file = file;
        this.split = decision.split();
        this.stored = stored;
        this.splitBytes = splitBytes;
        this.rules =
                SplitOffset.rulesSinceStart(decision.from(), input.scanner().fingerprints());
        this.keyed = new KeyedFile(file, split.file());
        this.reached = decision.from().map(SplitOffset::position).orElse(Position.START);
        this.lineEnds = decision.from().map(SplitOffset::lineEnds).orElse(LineEnds.UNKNOWN);
    }

    /**
     * Decodes up to an offset, or to the end if that comes before, so that what stands before it can be compared and read.
     *
     * @throws IOException if the content is damaged before that
     */
    public static void skipTo(DecodedFile file, SplitInput input, long offset) throws IOException {
        DecodedWindows.skipTo(file, input.plan(), offset);
    }

    @Override
    public Split split() {
        return split;
    }

    @Override
    public LogFile file() {
        return file;
    }

    @Override
    public Position reached() {
        return reached;
    }

    @Override
    public boolean isAtEnd() {
        return isEnded;
    }

    @Override
    public SplitOffset offset() {
        return new SplitOffset(
                reached,
                rules,
                lineEnds,
                isEnded ? FileMark.of(file.identity()).endingAt(stored) : FileMark.of(file.identity()),
                splitBytes,
                NativePath.printable(file.path()));
    }

    /** {@inheritDoc} The size of the window is the decoder's own. */
    @Override
    public Optional<ScannedWindow> next(long mostBytes) throws IOException {
        if (isEnded) {
            return Optional.empty();
        }
        begin();
        Optional<Window> window = window();
        if (window.isEmpty()) {
            isEnded = true;
            return Optional.empty();
        }
        ScannedWindow[] first = new ScannedWindow[1];
        Window whole = window.get();
        input.scanner()
                .scan(new Window(keyed, reached, whole.endOffset(), whole.limitOffset(), whole.floorOffset()), part -> {
                    first[0] = part;
                    return false;
                });
        reached = first[0].end();
        lineEnds = first[0].lineEnds();
        return Optional.of(first[0]);
    }

    private void begin() throws IOException {
        if (!isBegun && reached.offset() == 0) {
            long start = ContentStart.offset(
                    file, input.plan().delimiter(), split.file().generation() > 0);
            reached = new Position(start < 0 ? file.sizeBytes() : start, true);
        }
        isBegun = true;
    }

    private Optional<Window> window() throws IOException {
        try {
            return DecodedWindows.of(file, input.plan(), () -> reached).next().blockOptional();
        } catch (RuntimeException e) {
            if (Exceptions.unwrap(e) instanceof IOException damaged) {
                throw damaged;
            }
            throw e;
        }
    }
}
