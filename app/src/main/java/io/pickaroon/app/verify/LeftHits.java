package io.pickaroon.app.verify;

import io.pickaroon.app.forecast.Watcher;
import io.pickaroon.app.report.PreviewedChange;
import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.scan.EditBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what fixes would still change: before the places up to which files are fixed, where nothing may be left, and behind them.
 * Keeps the first places, and counts all. Thread-safe.
 */
final class LeftHits implements Watcher {
    /** Places that are kept. */
    static final int MOST = 100;

    private static final Comparator<Hit> ORDER =
            Comparator.comparing((Hit hit) -> hit.file().printable()).thenComparingLong(Hit::offset);

    /**
     * Bytes that a fix would change.
     *
     * @param lines the record as the fix would leave it, and before it what stands there, if that may be shown; with line ends
     */
    record Hit(VerifiedFile file, String rule, long recordOffset, long offset, int length, String lines) {}

    private static final class OfFile {
        long left;
        long pending;
        long waiting;
        long leftAlone;
    }

    private final VerifiedFiles files;
    private final int columns;
    private final Map<VerifiedFile, OfFile> counts = new HashMap<>();
    private final List<Hit> left = new ArrayList<>();
    private final List<Hit> pending = new ArrayList<>();

    /** @param columns width that a line may have */
    LeftHits(VerifiedFiles files, int columns) {
        this.files = files;
        this.columns = columns;
    }

    @Override
    public synchronized void sent(ScannedWindow window) {
        VerifiedFile file = files.of(window);
        OfFile count = counts.computeIfAbsent(file, _ -> new OfFile());
        EditBatch edits = window.edits();
        count.waiting += edits.waiting();
        count.leftAlone += edits.overlapping() + edits.protectedHead() + edits.otherLength();
        add(file, count, window);
    }

    /** What waited for the rotation of a file is found by a scan of its own. */
    @Override
    public synchronized void fixed(FixedWindow fixed) {
        if (fixed.delivered().fixesWaited()) {
            VerifiedFile file = files.of(fixed.delivered().scanned());
            OfFile count = counts.computeIfAbsent(file, _ -> new OfFile());
            count.waiting = 0;
            add(file, count, fixed.delivered().scanned());
        }
    }

    private void add(VerifiedFile file, OfFile count, ScannedWindow window) {
        EditBatch edits = window.edits();
        for (int edit = 0; edit < edits.size(); edit++) {
            boolean isLeft = edits.recordOffset(edits.record(edit)) < file.fixedOffset();
            count.left += isLeft ? 1 : 0;
            count.pending += isLeft ? 0 : 1;
            List<Hit> kept = isLeft ? left : pending;
            if (kept.size() < MOST) {
                kept.add(hit(file, window, edit));
            }
        }
    }

    private Hit hit(VerifiedFile file, ScannedWindow window, int edit) {
        EditBatch edits = window.edits();
        try {
            byte[] lines = PreviewedChange.masked(window, edit).lines(columns);
            return new Hit(
                    file,
                    window.matches().rules().get(edits.rule(edit)).id(),
                    edits.recordOffset(edits.record(edit)),
                    edits.offset(edit),
                    edits.length(edit),
                    new String(lines, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before the places up to which files are fixed: all of them, not only those of {@link #left}. */
    synchronized long leftCount() {
        return counts.entrySet().stream()
                .filter(file -> file.getKey().fits())
                .mapToLong(file -> file.getValue().left)
                .sum();
    }

    /** Behind those places, or in files that were written anew since. */
    synchronized long pendingCount() {
        return counts.entrySet().stream()
                .mapToLong(file -> file.getValue().pending + (file.getKey().fits() ? 0 : file.getValue().left))
                .sum();
    }

    /** Those that wait for the rotation of their file, which has not come. */
    synchronized long waitingCount() {
        return counts.values().stream().mapToLong(count -> count.waiting).sum();
    }

    /** Those that no fix ever changes: it overlaps another one, is in a protected head, or would have another length. */
    synchronized long leftAloneCount() {
        return counts.values().stream().mapToLong(count -> count.leftAlone).sum();
    }

    /** Before those places, {@value #MOST} at most. */
    synchronized List<Hit> left() {
        return left.stream().filter(hit -> hit.file().fits()).sorted(ORDER).toList();
    }

    /** Behind them, {@value #MOST} at most. */
    synchronized List<Hit> pending() {
        return pending.stream().sorted(ORDER).toList();
    }
}
