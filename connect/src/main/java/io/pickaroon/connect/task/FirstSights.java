package io.pickaroon.connect.task;

import io.pickaroon.connect.split.FileMark;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.Position;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Has the first position committed of files that are found and cannot be read at once: no other task would know of such a file if
 * it were renamed, so that no input has it any more, and this task ended. For one thread.
 */
final class FirstSights {
    /** So many offsets are asked for, and committed, at once at most. */
    private static final int MOST_FILES = 4096;

    private final TaskInputs inputs;
    private final WorkerOffsets offsets;
    private final long splitBytes;

    FirstSights(TaskInputs inputs, WorkerOffsets offsets, long splitBytes) {
        this.inputs = inputs;
        this.offsets = offsets;
        this.splitBytes = splitBytes;
    }

    /** Looks at the offsets of the files that are new among these splits, of which nothing is uncommitted. */
    void sight(List<SplitTask> splits) {
        List<SplitTask> unsighted =
                splits.stream().filter(SplitTask::isUnsighted).limit(MOST_FILES).toList();
        if (unsighted.isEmpty()) {
            return;
        }
        Set<Long> known = offsets.committedInodes(
                unsighted.stream().map(split -> split.place().file()).toList());
        offsets.forget();
        for (SplitTask split : unsighted) {
            boolean isNew = !known.contains(split.listed().inode());
            split.sighted(isNew ? Optional.of(start(split)) : Optional.empty());
        }
    }

    private SplitOffset start(SplitTask split) {
        return new SplitOffset(
                Position.START,
                inputs.input(split.listed().input()).scanner().fingerprints(),
                LineEnds.UNKNOWN,
                FileMark.of(split.listed().identity()),
                splitBytes,
                NativePath.printable(split.listed().home()));
    }
}
