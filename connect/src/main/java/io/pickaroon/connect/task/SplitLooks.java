package io.pickaroon.connect.task;

import io.pickaroon.connect.generation.Decision;
import io.pickaroon.connect.generation.KnownGenerations;
import io.pickaroon.connect.listing.ListedFile;
import io.pickaroon.connect.read.DecodedReader;
import io.pickaroon.connect.read.SplitInput;
import io.pickaroon.connect.read.SplitReader;
import io.pickaroon.connect.read.WindowReader;
import io.pickaroon.connect.split.ArchiveEnd;
import io.pickaroon.connect.split.FileKey;
import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.connect.split.SplitPlan;
import io.pickaroon.processor.decode.DecodedFile;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.ReadErrors;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what is read of splits: offsets are read first, then a file is opened, then it is compared with them. Nothing that was
 * read of a split may be uncommitted then. For one thread.
 */
final class SplitLooks {
    private static final Logger LOG = LoggerFactory.getLogger(SplitLooks.class);
    private static final int GENERATIONS_AHEAD = 16;
    private static final int SPLITS_AHEAD = KnownGenerations.SPLITS_AT_ONCE;

    private final SplitPlan plan;
    private final TaskInputs inputs;
    private final WorkerOffsets offsets;
    private final Duration interval;
    private final TaskFigures figures;
    private final FileProblems problems;

    /** What is known of a split before its file is opened. */
    private record Look(SplitTask split, KnownGenerations known) {}

    SplitLooks(
            SplitPlan plan,
            TaskInputs inputs,
            WorkerOffsets offsets,
            Duration interval,
            TaskFigures figures,
            FileProblems problems) {
        this.problems = problems;
        this.plan = plan;
        this.inputs = inputs;
        this.offsets = offsets;
        this.interval = interval;
        this.figures = figures;
    }

    /** Looks at splits, of which nothing is uncommitted. */
    void look(List<SplitTask> splits, long nowNanos) {
        List<Split> needed = new ArrayList<>();
        splits.forEach(split -> needed.addAll(needed(split)));
        offsets.readAhead(needed);
        Map<Long, List<Look>> byFile = splits.stream()
                .map(split -> new Look(
                        split, KnownGenerations.read(offsets, split.place(), count(split), splitsAhead(split))))
                .collect(Collectors.groupingBy(
                        look -> look.split().listed().inode(), LinkedHashMap::new, Collectors.toList()));
        byFile.values().forEach(looks -> lookAtFile(looks, nowNanos));
        splits.forEach(split -> split.times().looked());
        offsets.forget();
    }

    /** In most cases nothing else is asked for. */
    private List<Split> needed(SplitTask split) {
        FileKey file = split.place().file();
        List<Split> needed = new ArrayList<>(IntStream.range(0, GENERATIONS_AHEAD)
                .mapToObj(generation -> new Split(file.ofGeneration(generation), 0))
                .toList());
        FileKey latest = file.ofGeneration(Math.max(0, split.generation()));
        if (split.place().number() == 0) {
            long count = count(split);
            LongStream.range(0, count + splitsAhead(split))
                    .mapToObj(number -> new Split(latest, number))
                    .forEach(needed::add);
        } else {
            needed.add(new Split(latest, 0));
            needed.add(new Split(latest, split.place().number()));
        }
        return needed;
    }

    /**
     * How many splits behind the end of the file are asked for, which others may have read before it was truncated. Of each task the
     * next one is enough in general, as tasks read their splits side by side.
     */
    private int splitsAhead(SplitTask split) {
        return split.times().isThorough() ? SPLITS_AHEAD : Math.min(SPLITS_AHEAD, plan.tasks());
    }

    /** Size of its file's splits; 0: the file is one split. */
    private long splitBytes(SplitTask split) {
        return inputs.splitBytes(split.listed().input());
    }

    private long count(SplitTask split) {
        return plan.count(split.listed().sizeBytes(), splitBytes(split) == 0);
    }

    /** It is opened once for all of them, and anew behind each that goes on to read it. */
    private void lookAtFile(List<Look> looks, long nowNanos) {
        Optional<LogFile> open = Optional.empty();
        for (Look look : looks) {
            SplitTask split = look.split();
            try {
                LogFile file = open.isPresent() ? open.get() : inputs.open(split.listed());
                open = Optional.of(file);
                open = look(split, look.known(), file, nowNanos) ? Optional.empty() : open;
            } catch (NoSuchFileException e) {
                // The next look at the directories tells whether it is under another name.
                split.times().waits(nowNanos);
            } catch (IOException e) {
                figures.retried();
                split.failed(nowNanos);
                problems.failed(split.listed(), e, ReadErrors.describe(e, false));
            }
        }
        open.ifPresent(FileProblems::close);
    }

    /** Returns whether the file is read from now on. */
    private boolean look(SplitTask split, KnownGenerations known, LogFile file, long nowNanos) throws IOException {
        ListedFile listed = split.listed();
        if (!file.identity().isSameInode(listed.identity())) {
            split.times().waits(nowNanos);
            return false;
        }
        long storedBytes = file.storedBytes();
        if ((file.isDecoded() || splitBytes(split) == 0) && split.place().number() > 0) {
            split.hasNothing(storedBytes);
            return false;
        }
        SplitInput input = inputs.input(listed.input());
        Optional<ArchiveEnd> end = Optional.empty();
        if (file instanceof DecodedFile decoded) {
            ArchiveEnd stored = inputs.archiveEnd(listed);
            if (known.committed().filter(offset -> offset.isWhole(file, stored)).isPresent()) {
                split.hasNothing(storedBytes);
                return false;
            }
            DecodedReader.skipTo(
                    decoded,
                    input,
                    known.committed().map(offset -> offset.position().offset()).orElse(0L));
            end = Optional.of(stored);
        }
        Optional<ArchiveEnd> stored = end;
        long nextLookNanos = nowNanos + interval.toNanos();
        return switch (known.decide(file)) {
            case Decision.Wait _ -> {
                split.times().waits(nowNanos);
                yield false;
            }
            case Decision.Read read
            when split.reader()
                    .filter(reader -> reader.split().equals(read.split()))
                    .isPresent() -> {
                split.reads(nextLookNanos);
                yield false;
            }
            case Decision.Read read
            when isOver(split, file)
                    && split.generation() == read.split().file().generation() -> {
                split.hasNothing(storedBytes);
                yield false;
            }
            case Decision.Read read -> {
                boolean isShorter =
                        read.raised().filter(SplitOffset.Fit.SHORTER::equals).isPresent();
                if (isShorter && !split.times().isShorterAgain(nowNanos)) {
                    yield false;
                }
                begins(split, read);
                WindowReader reader = file instanceof DecodedFile decoded
                        ? new DecodedReader(input, decoded, read, stored.orElseThrow(), plan.splitBytes())
                        : new SplitReader(input, file, read, plan.splitBytes());
                split.reads(reader, read.from(), nextLookNanos);
                yield true;
            }
        };
    }

    /** True if it was read to its end, and its file has nothing more of it. */
    private boolean isOver(SplitTask split, LogFile file) throws IOException {
        return split.isDone()
                && !file.isDecoded()
                && split.reachedOffset()
                        >= Math.min(file.sizeBytes(), split.place().endOffset(splitBytes(split)));
    }

    private void begins(SplitTask split, Decision.Read read) {
        String path = NativePath.printable(split.listed().path());
        boolean isOther = split.generation() >= 0
                && split.generation() != read.split().file().generation();
        if (isOther && split.unreadBytes() > 0) {
            figures.lost(split.unreadBytes());
            LOG.warn(
                    "{}: {} bytes of split {} were not read before it was truncated, or replaced",
                    path,
                    split.unreadBytes(),
                    split.place().ofGeneration(split.generation()));
        }
        read.raised().ifPresent(fit -> {
            figures.raised();
            LOG.warn(
                    "{}: {}; it is read from its start, as {}. What was not read of it before is lost, and counted as"
                            + " far as it was seen",
                    path,
                    fit == SplitOffset.Fit.SHORTER
                            ? "it is shorter than what was read of it, so it was truncated"
                            : "it is not what was read under this inode: it was truncated, or another file has the"
                                    + " inode now",
                    read.split());
        });
        LOG.debug(
                "{}: split {} from {} on",
                path,
                read.split(),
                read.from().map(offset -> offset.position().offset()).orElse(0L));
    }
}
