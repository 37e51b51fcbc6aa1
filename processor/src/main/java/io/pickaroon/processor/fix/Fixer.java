package io.pickaroon.processor.fix;

import io.pickaroon.processor.delivery.DeliveredWindow;
import io.pickaroon.processor.directio.BlockFile.NoRoomException;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.scan.EditBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the edits of delivered windows to their files. Used by one thread at a time.
 *
 * <p>It promises that
 *
 * <ul>
 *   <li>no byte changes before the journal that says what will change is durable;
 *   <li>a byte changes only if the whole edit it belongs to finds what matched, just before it is written, and if lines end
 *       where they did in the window that it belongs to, just before the first edit of the window: a file that was truncated
 *       may hold the same bytes at the same place again, which nobody has delivered;
 *   <li>no file, record or delimiter changes its length;
 *   <li>a window is fixed only after its file was synced.
 * </ul>
 *
 * <p>What remains possible: an application that truncates its file between the check of the file's size and the write
 * may find it grown again, up to the end of that edit. The fixer notices that afterwards and logs it.
 */
public final class Fixer {
    private static final Logger LOG = LoggerFactory.getLogger(Fixer.class);

    private final Optional<RedoJournal> journal;
    private byte[] standing = {};

    /**
     * @param journal empty if no rule fixes anything; a window with edits is refused then
     */
    public Fixer(Optional<RedoJournal> journal) {
        this.journal = journal;
    }

    /**
     * Fixes a group of windows with one journal write, and one sync for each file that has edits.
     *
     * @param windows those of one file in file order
     * @param checkpointSequence sequence of the checkpoint that is durable now; the next one passes the whole group
     * @throws NoRoomException if there is no room for the journal; nothing was changed, and it may be tried again
     * @throws IOException if journal or file could not be written or synced; the group is not fixed then, and the next
     *     start may finish the same group
     */
    public List<FixedWindow> fix(List<DeliveredWindow> windows, long checkpointSequence) throws IOException {
        List<DeliveredWindow> withEdits =
                windows.stream().filter(w -> !w.scanned().edits().isEmpty()).toList();
        if (!withEdits.isEmpty()) {
            journal.orElseThrow(() -> new IllegalStateException("there are edits, but no journal"))
                    .write(withEdits, rulesByFile(windows), checkpointSequence);
        }
        Set<LogFile> changed = new LinkedHashSet<>();
        List<FixedWindow> fixed = new ArrayList<>(windows.size());
        for (DeliveredWindow window : windows) {
            fixed.add(apply(window, changed));
        }
        for (LogFile file : changed) {
            file.sync();
        }
        return fixed;
    }

    /** The rules of all windows of a file, those without edits too; 0 if they differ. */
    private static Map<FileIdentity, Long> rulesByFile(List<DeliveredWindow> windows) {
        return windows.stream()
                .collect(Collectors.toMap(
                        window -> window.file().identity(),
                        window -> window.scanned().allRules(),
                        (one, other) -> one.equals(other) ? one : 0L));
    }

    private FixedWindow apply(DeliveredWindow window, Set<LogFile> changed) throws IOException {
        LogFile file = window.file();
        EditBatch edits = window.scanned().edits();
        int ruleCount = window.scanned().matches().rules().size();
        int[] editsByRule = new int[ruleCount];
        int[] leftAloneByRule = new int[ruleCount];
        Arrays.setAll(leftAloneByRule, edits::leftAlone);
        long done = 0;
        long bytes = 0;
        long already = 0;
        long meanwhile = 0;
        boolean replaced = !edits.isEmpty() && isOtherContent(window);
        for (int edit = 0; edit < edits.size(); edit++) {
            switch (replaced ? Standing.OTHER : stateOf(file, edits, edit)) {
                case BEFORE -> {
                    file.write(edits.offset(edit), edits.array(), edits.newStart(edit), edits.length(edit));
                    done++;
                    editsByRule[edits.rule(edit)]++;
                    bytes += edits.length(edit);
                }
                case AFTER -> {
                    already++;
                    leftAloneByRule[edits.rule(edit)]++;
                }
                case OTHER -> {
                    meanwhile++;
                    leftAloneByRule[edits.rule(edit)]++;
                }
            }
        }
        if (done > 0) {
            changed.add(file);
        }
        if (meanwhile > 0) {
            LOG.warn(
                    "{}: {} fixes in {} were not made, because the bytes have changed since they matched",
                    file,
                    meanwhile,
                    window.scanned());
        }
        FixTally tally = new FixTally(
                done, bytes, already, meanwhile, edits.overlapping(), edits.protectedHead(), edits.otherLength());
        return new FixedWindow(window, tally, editsByRule, leftAloneByRule);
    }

    private static boolean isOtherContent(DeliveredWindow window) throws IOException {
        return !window.scanned()
                .lineEnds()
                .areStillIn(window.file(), window.end().offset());
    }

    private enum Standing {
        BEFORE,
        AFTER,
        OTHER
    }

    private Standing stateOf(LogFile file, EditBatch edits, int edit) throws IOException {
        int length = edits.length(edit);
        if (standing.length < length) {
            standing = new byte[length];
        }
        try {
            file.read(edits.offset(edit), standing, 0, length);
        } catch (FileTruncatedException gone) {
            return Standing.OTHER;
        }
        // First, because a mask over what was masked before changes nothing.
        if (standsThere(length, edits.array(), edits.newStart(edit))) {
            return Standing.AFTER;
        }
        return standsThere(length, edits.array(), edits.oldStart(edit)) ? Standing.BEFORE : Standing.OTHER;
    }

    private boolean standsThere(int length, byte[] bytes, int start) {
        return Arrays.equals(standing, 0, length, bytes, start, start + length);
    }
}
