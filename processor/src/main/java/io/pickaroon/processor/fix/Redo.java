package io.pickaroon.processor.fix;

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

    public Redo(RedoJournal journal, FileFinder files) {
        this.journal = journal;
        this.files = files;
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
        Map<Pass, List<RedoEntry>> byFile = new LinkedHashMap<>();
        for (RedoEntry entry : group.get().entries()) {
            byFile.computeIfAbsent(new Pass(entry.identity(), entry.waited()), _ -> new ArrayList<>())
                    .add(entry);
        }
        List<RedoneFile> done = new ArrayList<>();
        for (List<RedoEntry> entries : byFile.values()) {
            redo(entries).ifPresent(done::add);
        }
        return group.get().checkpointSequence() == checkpointSequence ? done : List.of();
    }

    /** Fixes that are made at once, and those that waited, go through the same file at their own pace. */
    private record Pass(FileIdentity identity, boolean waited) {}

    /** The windows of one file, in file order. Empty if the file is gone. */
    private Optional<RedoneFile> redo(List<RedoEntry> windows) throws IOException {
        RedoEntry last = windows.getLast();
        long records =
                windows.stream().mapToLong(window -> window.records().size()).sum();
        Optional<LogFile> found = files.open(last.path(), last.identity());
        if (found.isEmpty()) {
            LOG.warn(
                    "{}: gone, so the fixes of {} of its records, which a crash interrupted, cannot be finished",
                    last.path(),
                    records);
            return Optional.empty();
        }
        try (LogFile file = found.get()) {
            long done = 0;
            for (RedoEntry window : windows) {
                for (RedoRecord redo : window.records()) {
                    done += redo(file, redo) ? 1 : 0;
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

    private static long rules(List<RedoEntry> windows) {
        long rules = windows.getLast().rules();
        return windows.stream().allMatch(window -> window.rules() == rules) ? rules : 0;
    }

    /** False if the record is not the one in the journal. */
    private static boolean redo(LogFile file, RedoRecord redo) throws IOException {
        byte[] bytes = new byte[redo.length()];
        try {
            int index = 0;
            for (Stretch stretch : redo.stretches()) {
                file.read(stretch.offset(), bytes, index, stretch.length());
                index += stretch.length();
            }
        } catch (FileTruncatedException shorter) {
            return false;
        }
        if (guard(bytes, redo) != redo.guard()) {
            return false;
        }
        int before = 0;
        for (Stretch stretch : redo.stretches()) {
            for (RedoEdit edit : redo.edits()) {
                int index = edit.start() - before;
                if (index >= 0 && index < stretch.length()) {
                    file.write(stretch.offset() + index, edit.after(), 0, edit.after().length);
                }
            }
            before += stretch.length();
        }
        return true;
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
