package io.pickaroon.processor.fix;

import io.pickaroon.processor.audit.GroupRecovery;
import io.pickaroon.processor.audit.NotMade;
import io.pickaroon.processor.audit.TrailHead;
import io.pickaroon.processor.audit.Trails;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.fix.RedoEntry.RedoEdit;
import io.pickaroon.processor.fix.RedoEntry.RedoRecord;
import io.pickaroon.processor.fix.RedoEntry.Stretch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes, at start, the changes of a journal that no checkpoint has passed because a crash interrupted them. It is
 * idempotent: doing it twice, or after half of it was done, has the same result.
 */
public final class Redo {
    private static final Logger LOG = LoggerFactory.getLogger(Redo.class);

    /**
     * Opens the file with an identity, under the path that it had or the one that it has now; empty if no name leads to
     * it.
     */
    public interface FileFinder {
        Optional<LogFile> open(Path path, FileIdentity identity) throws IOException;
    }

    private final RedoJournal journal;
    private final FileFinder files;
    private final Trails trails;
    private Optional<TrailHead> trailHead = Optional.empty();
    /** Of the group at hand; null if it goes into no audit trail. */
    private GroupRecovery trail;

    /** @param trails where the lines are of groups that go into an audit trail */
    public Redo(RedoJournal journal, FileFinder files, Trails trails) {
        this.journal = journal;
        this.files = files;
        this.trails = trails;
    }

    /** What the next checkpoint has to keep of the audit trail; empty if nothing was added to one. */
    public Optional<TrailHead> trailHead() {
        return trailHead;
    }

    /**
     * Finishes the journal's group, unless it is finished already.
     *
     * @param checkpointSequence sequence of the checkpoint that counts; a later one than the journal knew means that the
     *     journal's changes were complete
     * @return how far each file is done with now, for the checkpoint that the journal was written under; none for another one
     */
    public List<RedoneFile> run(long checkpointSequence) throws IOException {
        Optional<JournalCodec.Group> group = journal.read();
        if (group.isEmpty() || JournalCodec.isFinished(group.get().checkpointSequence(), checkpointSequence)) {
            return List.of();
        }
        Optional<GroupRecovery> opened = group.get().audited().isPresent()
                ? trails.recover(group.get().audited().get())
                : Optional.empty();
        List<RedoneFile> done;
        try {
            trail = opened.orElse(null);
            done = redo(group.get());
        } finally {
            if (opened.isPresent()) {
                opened.get().close();
            }
        }
        return group.get().checkpointSequence() == checkpointSequence ? done : List.of();
    }

    private List<RedoneFile> redo(JournalCodec.Group group) throws IOException {
        Map<Pass, List<Numbered>> byFile = new LinkedHashMap<>();
        int firstChange = 0;
        for (RedoEntry entry : group.entries()) {
            byFile.computeIfAbsent(new Pass(entry.identity(), entry.waited()), _ -> new ArrayList<>())
                    .add(new Numbered(entry, firstChange));
            firstChange += entry.changeCount();
        }
        if (trail != null) {
            trail.announce();
        }
        List<RedoneFile> done = new ArrayList<>();
        for (List<Numbered> entries : byFile.values()) {
            redo(entries).ifPresent(done::add);
        }
        if (trail != null) {
            trail.end();
            trailHead = Optional.of(trail.head());
        }
        return done;
    }

    /** An entry, and the number of its first change in the group. */
    private record Numbered(RedoEntry entry, int firstChange) {}

    /** Fixes that are made at once, and those that waited, go through the same file at their own pace. */
    private record Pass(FileIdentity identity, boolean waited) {}

    /** The windows of one file, in file order. Empty if the file is gone. */
    private Optional<RedoneFile> redo(List<Numbered> windows) throws IOException {
        RedoEntry last = windows.getLast().entry();
        long records = windows.stream()
                .mapToLong(window -> window.entry().records().size())
                .sum();
        Optional<LogFile> found = files.open(last.path(), last.identity());
        if (found.isEmpty()) {
            LOG.warn(
                    "{}: gone, so the fixes of {} of its records, which a crash interrupted, cannot be finished",
                    last.path(),
                    records);
            for (Numbered window : windows) {
                takeBack(window.firstChange(), window.entry().changeCount(), NotMade.GONE);
            }
            return Optional.empty();
        }
        try (LogFile file = found.get()) {
            long done = 0;
            for (Numbered window : windows) {
                int change = window.firstChange();
                for (RedoRecord redo : window.entry().records()) {
                    done += redo(file, redo, change) ? 1 : 0;
                    change += redo.edits().size();
                }
            }
            file.sync();
            LOG.info(
                    "{}: finished the fixes of {} records before offset {}, which a crash interrupted; {} records"
                            + " have changed and were left alone",
                    file,
                    done,
                    last.end().offset(),
                    records - done);
            LineEnds lineEnds = LineEnds.before(file, last.end().offset());
            return Optional.of(new RedoneFile(last, rules(windows), file.sizeBytes(), lineEnds));
        }
    }

    private static long rules(List<Numbered> windows) {
        long rules = windows.getLast().entry().rules();
        return windows.stream().allMatch(window -> window.entry().rules() == rules) ? rules : 0;
    }

    private void takeBack(int firstChange, int count, NotMade reason) {
        for (int change = firstChange; trail != null && change < firstChange + count; change++) {
            trail.takeBack(change, reason);
        }
    }

    /** False if the record is not the one in the journal. */
    private boolean redo(LogFile file, RedoRecord redo, int firstChange) throws IOException {
        byte[] bytes = new byte[redo.length()];
        try {
            int index = 0;
            for (Stretch stretch : redo.stretches()) {
                file.read(stretch.offset(), bytes, index, stretch.length());
                index += stretch.length();
            }
        } catch (FileTruncatedException shorter) {
            takeBack(firstChange, redo.edits().size(), NotMade.CHANGED);
            return false;
        }
        if (guard(bytes, redo) != redo.guard()) {
            takeBackWhatDoesNotStand(bytes, redo, firstChange);
            return false;
        }
        int before = 0;
        for (Stretch stretch : redo.stretches()) {
            for (int i = 0; i < redo.edits().size(); i++) {
                RedoEdit edit = redo.edits().get(i);
                int index = edit.start() - before;
                if (index >= 0 && index < stretch.length() && !isTakenBack(firstChange + i)) {
                    file.write(stretch.offset() + index, edit.after(), 0, edit.after().length);
                }
            }
            before += stretch.length();
        }
        return true;
    }

    /** What was said not to be made must not be made any more. */
    private boolean isTakenBack(int change) {
        return trail != null && trail.isTakenBack(change);
    }

    /** Of a record that has changed otherwise since: a change whose bytes stand there was made. */
    private void takeBackWhatDoesNotStand(byte[] bytes, RedoRecord redo, int firstChange) {
        for (int i = 0; i < redo.edits().size(); i++) {
            RedoEdit edit = redo.edits().get(i);
            int end = edit.start() + edit.after().length;
            if (!Arrays.equals(bytes, edit.start(), end, edit.after(), 0, edit.after().length)) {
                takeBack(firstChange + i, 1, NotMade.CHANGED);
            }
        }
    }

    private static int guard(byte[] bytes, RedoRecord redo) {
        CRC32C crc = new CRC32C();
        int from = 0;
        for (RedoEdit edit : redo.edits()) {
            crc.update(bytes, from, edit.start() - from);
            from = edit.start() + edit.after().length;
        }
        crc.update(bytes, from, bytes.length - from);
        return (int) crc.getValue();
    }
}
