package io.pickaroon.connect.task;

import io.pickaroon.connect.listing.ListedFile;
import io.pickaroon.connect.listing.Listing;
import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitPlan;
import io.pickaroon.processor.directio.NativePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The splits of a task, of all files that are there. For one thread. */
final class TaskSplits {
    private static final Logger LOG = LoggerFactory.getLogger(TaskSplits.class);
    /** A file that is renamed may be missing in one look. */
    private static final int MOST_MISSING = 2;

    private final SplitPlan plan;
    private final TaskInputs inputs;
    private final String label;
    private final Duration interval;
    private final TaskFigures figures;
    private final FileProblems problems;
    private final Map<Long, OwnFile> files = new HashMap<>();
    /** Of all files; a poll goes through them several times, and only a look changes them. */
    private List<SplitTask> all = List.of();

    /** The task's splits of one inode. */
    private static final class OwnFile {
        private final Map<Long, SplitTask> splits = new TreeMap<>();
        private ListedFile listed;
        private int missing;

        OwnFile(ListedFile listed) {
            this.listed = listed;
        }

        /** Whether it has other splits than before; those of a file that was missing for longer were dropped. */
        boolean isOther(ListedFile now) {
            return missing > 1
                    || listed.sizeBytes() != now.sizeBytes()
                    || !listed.input().equals(now.input());
        }
    }

    TaskSplits(
            SplitPlan plan,
            TaskInputs inputs,
            String label,
            Duration interval,
            TaskFigures figures,
            FileProblems problems) {
        this.problems = problems;
        this.plan = plan;
        this.inputs = inputs;
        this.label = label;
        this.interval = interval;
        this.figures = figures;
    }

    /**
     * Takes what a look at the directories found.
     *
     * @param renamed files that only offsets tell to be of an input
     * @param areAll whether these are all files that are there, so that others are gone
     * @throws ConnectException if files are on two file systems
     */
    void found(Listing listing, Collection<ListedFile> renamed, boolean areAll, long nowNanos) {
        List<ListedFile> listed = new ArrayList<>(listing.files());
        listed.addAll(renamed);
        requireOneFileSystem(listed);
        files.values().forEach(file -> file.missing++);
        listed.forEach(file -> found(file, nowNanos));
        if (areAll) {
            dropMissing();
        } else {
            files.values().forEach(file -> file.missing = Math.min(file.missing, MOST_MISSING - 1));
        }
        this.all = files.values().stream()
                .flatMap(file -> file.splits.values().stream())
                .toList();
    }

    private void requireOneFileSystem(List<ListedFile> listed) {
        for (ListedFile file : listed) {
            ListedFile first = listed.getFirst();
            if (file.identity().device() != first.identity().device()) {
                throw new ConnectException(
                        "%s and %s are on two file systems, and storage.label '%s' names one: two of their files may have the same inode, and would be taken for one; make a connector for each"
                                .formatted(
                                        NativePath.printable(first.path()), NativePath.printable(file.path()), label));
            }
        }
    }

    private void found(ListedFile listed, long nowNanos) {
        boolean isNew = !files.containsKey(listed.inode());
        OwnFile file = files.computeIfAbsent(listed.inode(), _ -> new OwnFile(listed));
        if (isNew || file.isOther(listed)) {
            boolean isWhole = inputs.splitBytes(listed.input()) == 0;
            for (Split split : plan.mine(new FileKey(label, listed.inode(), 0), listed.sizeBytes(), isWhole)) {
                file.splits.computeIfAbsent(split.number(), _ -> new SplitTask(split, listed, interval, nowNanos));
            }
        }
        file.missing = 0;
        file.listed = listed;
        file.splits.values().forEach(split -> split.found(listed, nowNanos));
    }

    private void dropMissing() {
        for (Iterator<OwnFile> each = files.values().iterator(); each.hasNext(); ) {
            OwnFile file = each.next();
            if (file.missing >= MOST_MISSING) {
                file.splits.values().removeIf(this::isOver);
                if (file.splits.isEmpty()) {
                    problems.forget(file.listed);
                    each.remove();
                }
            }
        }
    }

    /** Of a file that is gone: true unless it is open, and not read to its end. */
    private boolean isOver(SplitTask split) {
        if (split.isReading() || split.unmarked().isPresent()) {
            return false;
        }
        if (split.isHolding()) {
            split.endWithFile();
            return false;
        }
        long unreadBytes = backlogBytes(split);
        if (unreadBytes > 0) {
            figures.lost(unreadBytes);
            LOG.warn(
                    "{} is gone, and {} bytes of split {} were not read: {}",
                    NativePath.printable(split.listed().path()),
                    unreadBytes,
                    split.place().number(),
                    split.isResting() ? "its last record has no end" : "it was not open");
        }
        split.close();
        return true;
    }

    /** Bytes of one of them that are in the file and were not read. */
    long backlogBytes(SplitTask split) {
        return split.backlogBytes(inputs.splitBytes(split.listed().input()));
    }

    /** All of them. */
    List<SplitTask> all() {
        return all;
    }
}
