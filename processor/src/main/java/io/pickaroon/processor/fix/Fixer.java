package io.pickaroon.processor.fix;

import io.pickaroon.processor.audit.Announcer;
import io.pickaroon.processor.audit.AuditedGroup;
import io.pickaroon.processor.audit.NotMade;
import io.pickaroon.processor.audit.TrailHead;
import io.pickaroon.processor.delivery.DeliveredWindow;
import io.pickaroon.processor.directio.BlockFile.NoRoomException;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.fix.JournalCodec.NewGroup;
import io.pickaroon.processor.scan.EditBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
 *   <li>where changes go into an audit trail, none is made before its line there is durable, after the journal; what then was not
 *       made is taken back there before the group is fixed;
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
    private final Optional<Announcer> announcer;
    private byte[] standing = {};
    /** Is made, and has to be taken back in part, for which there was no room. */
    private Made waiting;

    /**
     * Without an audit trail.
     *
     * @param journal empty if no rule fixes anything; a window with edits is refused then
     */
    public Fixer(Optional<RedoJournal> journal) {
        this(journal, Optional.empty());
    }

    /** @param announcer of the changes; with one, all windows are scanned for an audit trail */
    public Fixer(Optional<RedoJournal> journal, Optional<Announcer> announcer) {
        this.journal = journal;
        this.announcer = announcer;
    }

    /** What the checkpoint that passes a group has to keep of the audit trail; empty without one. */
    public Optional<TrailHead> trailHead() {
        return announcer.map(Announcer::head);
    }

    /** A group whose changes are durable in the files. */
    private record Made(Optional<AuditedGroup> group, List<FixedWindow> fixed, SortedMap<Integer, NotMade> notMade) {}

    /**
     * Fixes a group of windows with one journal write, and one sync for each file that has edits.
     *
     * @param windows those of one file in file order
     * @param checkpointSequence sequence of the checkpoint that is durable now; the next one passes the whole group
     * @throws NoRoomException if there is no room for the journal or in the audit trail; it may be tried again, with the same
     *     windows
     * @throws IOException if journal or file could not be written or synced; the group is not fixed then, and the next
     *     start may finish the same group
     */
    public List<FixedWindow> fix(List<DeliveredWindow> windows, long checkpointSequence) throws IOException {
        if (waiting == null) {
            waiting = make(windows, checkpointSequence);
        }
        Made made = waiting;
        if (made.group().isPresent()) {
            announcer.orElseThrow().takeBack(made.group().get(), made.notMade());
        }
        waiting = null;
        return made.fixed();
    }

    private Made make(List<DeliveredWindow> windows, long checkpointSequence) throws IOException {
        List<DeliveredWindow> noted =
                windows.stream().filter(w -> AuditedGroup.isNoted(w.scanned())).toList();
        Optional<AuditedGroup> group = Optional.empty();
        if (!noted.isEmpty()) {
            if (announcer.isPresent()) {
                group = Optional.of(announcer.get().group(noted));
            }
            journal.orElseThrow(() -> new IllegalStateException("there are edits, but no journal"))
                    .write(new NewGroup(noted, rulesByFile(windows), checkpointSequence, group));
            if (group.isPresent()) {
                announcer.get().announce(group.get());
            }
        }
        Set<LogFile> changed = new LinkedHashSet<>();
        List<FixedWindow> fixed = new ArrayList<>(windows.size());
        SortedMap<Integer, NotMade> notMade = new TreeMap<>();
        int firstChange = 0;
        for (DeliveredWindow window : windows) {
            fixed.add(apply(window, changed, firstChange, notMade));
            firstChange += window.scanned().edits().size();
        }
        for (LogFile file : changed) {
            file.sync();
        }
        return new Made(group, fixed, notMade);
    }

    /** The rules of all windows of a file, those without edits too; 0 if they differ. */
    private static Map<FileIdentity, Long> rulesByFile(List<DeliveredWindow> windows) {
        return windows.stream()
                .collect(Collectors.toMap(
                        window -> window.file().identity(),
                        window -> window.scanned().allRules(),
                        (one, other) -> one.equals(other) ? one : 0L));
    }

    /** @param firstChange number of its first edit in the group */
    private FixedWindow apply(
            DeliveredWindow window, Set<LogFile> changed, int firstChange, SortedMap<Integer, NotMade> notMade)
            throws IOException {
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
                    notMade.put(firstChange + edit, NotMade.ALREADY);
                    leftAloneByRule[edits.rule(edit)]++;
                }
                case OTHER -> {
                    meanwhile++;
                    notMade.put(firstChange + edit, NotMade.CHANGED);
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
