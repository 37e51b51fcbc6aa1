package io.pickaroon.processor;

import io.pickaroon.processor.audit.TrailHead;
import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.delivery.DeliveredWindow;
import io.pickaroon.processor.delivery.Delivery;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.fix.FixTally;
import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.fix.Fixer;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.scan.ScanTally;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.ContentStart;
import io.pickaroon.processor.window.Window;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Makes the fixes of one file in stretches of which another program says that it has delivered them, and nowhere else. Emits
 * nothing. Used by one thread, on which it also scans.
 *
 * <p>What it has done is in the checkpoint of its state, which is of this file alone, and is not done again. There each entry
 * is a row of stretches that follow each other without a gap: the generation of its identity is the number of the first of
 * them, and its position the place up to which they are done. Where a gap was closed, two entries become one.
 */
public final class StretchFixer {
    private static final long GROUP_BYTES = 4L << 20;
    private static final long GROUP_NANOS = 200_000_000;

    /**
     * A part of a file whose records are delivered: those that start in it, and no others.
     *
     * @param number of the stretch, at least 0; stretches that stand later in the file have larger ones
     * @param startOffset its first byte
     * @param endOffset exclusive end
     * @param limitOffset where its last record ends at the latest, at least {@code endOffset}; {@link Long#MAX_VALUE} where
     *     its delimiter says so
     */
    public record Stretch(int number, long startOffset, long endOffset, long limitOffset) {
        public Stretch {
            if (number < 0 || startOffset < 0 || endOffset < startOffset || limitOffset < endOffset) {
                throw new IllegalArgumentException(
                        "stretch %d is [%d, %d), limit %d".formatted(number, startOffset, endOffset, limitOffset));
            }
        }
    }

    /** What was done. */
    public record Outcome(ScanTally scanned, FixTally fixes) {}

    /** Is shown each part of a window before it is fixed. */
    @FunctionalInterface
    public interface Parts {
        void accept(ScannedWindow part) throws IOException;
    }

    private final LogInput input;
    private final Parts parts;
    private final Scanner scanner;
    private final CheckpointFile checkpoint;
    private final Fixer fixer;
    private final List<DeliveredWindow> group = new ArrayList<>();
    private long groupBytes;
    private long committedNanos = System.nanoTime();
    private ScanTally scanned = ScanTally.ZERO;
    private FixTally fixes = FixTally.ZERO;

    /**
     * @param input how the file is read, and the rules, none of which waits for a rotation
     * @param state of this file alone, with a journal
     */
    public StretchFixer(LogInput input, RunState state, Parts parts) {
        this.input = input;
        this.parts = parts;
        this.scanner =
                InputScanners.of(input, PartLimit.STANDARD, state.isAudited()).first();
        this.checkpoint = state.checkpoint().orElseThrow();
        this.fixer = new Fixer(state.journal(), state.announcer());
    }

    /** Keeps the name of a file, under which its state knows it from then on, unless it has one. */
    public void keepName(LogFile file) throws IOException {
        if (checkpoint.current().entries().isEmpty()) {
            checkpoint
                    .progress()
                    .begin(new FileSighting(file.path(), file.identity(), file.sizeBytes()), Position.START);
            checkpoint.commit();
        }
    }

    /**
     * Fixes what is not done yet. Called once.
     *
     * @param file opened for fixes
     * @param isRaised whether the file is known to have been truncated: then NULs at its start belong to no record
     * @param stretches in the order of the file
     * @param goesOn asked before each window; nothing more is read when it says no, and all that was read is fixed
     * @throws IOException if the file cannot be read or written, or what is kept cannot; what was done until then counts
     */
    public Outcome fix(LogFile file, boolean isRaised, List<Stretch> stretches, BooleanSupplier goesOn)
            throws IOException {
        forgetOtherContent(file);
        long contentOffset = ContentStart.offset(file, plan().delimiter(), isRaised);
        Row row = null;
        long rowEnd = -1;
        for (Stretch stretch : contentOffset < 0 ? List.<Stretch>of() : stretches) {
            if (row == null || rowEnd < stretch.startOffset) {
                row = new Row(file, stretch, contentOffset);
            }
            rowEnd = stretch.endOffset;
            row.join(stretch);
            if (!row.fix(stretch, goesOn)) {
                break;
            }
        }
        commit();
        return new Outcome(scanned, fixes);
    }

    private WindowPlan plan() {
        return input.plan();
    }

    /** What was done in a file that was truncated since then says nothing of this one. */
    private void forgetOtherContent(LogFile file) throws IOException {
        for (Map.Entry<FileIdentity, CheckpointEntry> known :
                Map.copyOf(checkpoint.current().entries()).entrySet()) {
            CheckpointEntry entry = known.getValue();
            long done = entry.position().offset();
            if (done > file.sizeBytes() || !entry.content().lineEnds().areStillIn(file, done)) {
                checkpoint.progress().forget(known.getKey());
            }
        }
        checkpoint.commit();
    }

    /** Stretches without a gap between them, which have one entry in the checkpoint. */
    private final class Row {
        private final LogFile file;
        private final long contentOffset;
        private Position reached;

        Row(LogFile opened, Stretch first, long contentOffset) {
            this.file = opened.knownAs(opened.path(), first.number);
            this.contentOffset = contentOffset;
            CheckpointEntry known = checkpoint.current().entries().get(file.identity());
            reached = known == null ? new Position(first.startOffset, first.startOffset == 0) : known.position();
        }

        /** What was done from this stretch on when there was a gap before it belongs to this row now. */
        void join(Stretch stretch) throws IOException {
            FileIdentity other = file.identity().ofGeneration(stretch.number);
            CheckpointEntry known = checkpoint.current().entries().get(other);
            if (known == null || other.equals(file.identity())) {
                return;
            }
            commit();
            if (known.position().offset() > reached.offset()) {
                reached = known.position();
                checkpoint.progress().begin(new FileSighting(file.path(), file.identity(), file.sizeBytes()), reached);
            }
            checkpoint.progress().forget(other);
            checkpoint.commit();
        }

        /** Returns false if it was told to stop. */
        boolean fix(Stretch stretch, BooleanSupplier goesOn) throws IOException {
            skipToContent(stretch.endOffset);
            boolean goes = goesOn.getAsBoolean();
            while (goes && reached.offset() < stretch.endOffset) {
                long limitOffset = Math.min(stretch.limitOffset, Math.max(stretch.endOffset, file.sizeBytes()));
                goes = scanner.scan(window(stretch.endOffset, limitOffset), part -> {
                    add(part, limitOffset);
                    return goesOn.getAsBoolean();
                });
            }
            return goes;
        }

        /** As whoever delivered the records has done. */
        private void skipToContent(long endOffset) {
            boolean isBefore = contentOffset > reached.offset();
            if (isBefore) {
                reached = new Position(Math.min(contentOffset, endOffset), contentOffset <= endOffset);
            }
        }

        private Window window(long endOffset, long limitOffset) {
            long cut = plan().windowBytes() - reached.offset() % plan().windowBytes();
            long floorOffset = reached.startsRecord() ? reached.offset() : Math.min(contentOffset, reached.offset());
            return new Window(file, reached, Math.min(endOffset, reached.offset() + cut), limitOffset, floorOffset);
        }

        private void add(ScannedWindow part, long limitOffset) throws IOException {
            parts.accept(part);
            scanned = scanned.plus(part.tally());
            reached = part.end();
            group.add(Delivery.alreadyDelivered(part, new Position(limitOffset, false), false));
            groupBytes += part.matches().recordBytes() + part.edits().heldBytes();
            if (groupBytes >= GROUP_BYTES || System.nanoTime() - committedNanos >= GROUP_NANOS) {
                commit();
            }
        }
    }

    /** With one journal write, and one sync of the file. If it fails, the next start brings the group to its end. */
    private void commit() throws IOException {
        List<DeliveredWindow> closed = List.copyOf(group);
        group.clear();
        groupBytes = 0;
        if (!closed.isEmpty()) {
            for (FixedWindow window : fixer.fix(closed, checkpoint.current().sequence())) {
                checkpoint.progress().advance(window);
                fixes = fixes.plus(window.tally());
            }
            fixer.trailHead().ifPresent(head -> checkpoint.progress().keep(TrailHead.SECTION, head.encoded()));
            checkpoint.commit();
        }
        committedNanos = System.nanoTime();
    }
}
