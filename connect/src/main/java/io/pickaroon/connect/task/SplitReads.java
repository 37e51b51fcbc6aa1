package io.pickaroon.connect.task;

import io.pickaroon.connect.read.WindowReader;
import io.pickaroon.connect.record.SourceRecords;
import io.pickaroon.processor.decode.DamagedContentException;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.ReadErrors;
import io.pickaroon.processor.scan.ScannedWindow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the splits of a task by turns, and makes records of what they match. For one thread. */
final class SplitReads {
    private static final Logger LOG = LoggerFactory.getLogger(SplitReads.class);
    private static final long MOST_NANOS = Duration.ofMillis(500).toNanos();
    private static final long MOST_WINDOW_BYTES = 16L << 20;

    private final SourceRecords records;
    private final TaskFigures figures;
    private final FileProblems problems;
    private final LongSupplier nanoTime;
    private final Deque<SplitTask> turns = new ArrayDeque<>();

    SplitReads(SourceRecords records, TaskFigures figures, FileProblems problems, LongSupplier nanoTime) {
        this.problems = problems;
        this.records = records;
        this.figures = figures;
        this.nanoTime = nanoTime;
    }

    /** Reads splits until the group is full, or nothing more is there for now, or half a second has passed since the start. */
    void read(List<SplitTask> splits, PollGroup group, long startNanos) {
        wake(splits);
        turns.removeIf(split -> !split.isReading());
        splits.stream()
                .filter(split -> split.isReading() && !turns.contains(split))
                .forEach(turns::add);
        while (!turns.isEmpty() && !group.isFull() && nanoTime.getAsLong() - startNanos < MOST_NANOS) {
            SplitTask split = turns.remove();
            if (read(split, group, startNanos)) {
                turns.add(split);
            }
        }
    }

    private void wake(List<SplitTask> splits) {
        for (SplitTask split : splits) {
            try {
                split.wakeIfChanged();
            } catch (IOException e) {
                failed(split, e);
            }
        }
    }

    /** Returns whether there may be more of it. */
    private boolean read(SplitTask split, PollGroup group, long startNanos) {
        WindowReader reader = split.reader().orElseThrow();
        long storedBytes = 0;
        try {
            while (!group.isFull() && nanoTime.getAsLong() - startNanos < MOST_NANOS) {
                Position before = reader.reached();
                storedBytes = reader.file().storedBytes();
                Optional<ScannedWindow> window = reader.next(MOST_WINDOW_BYTES);
                if (split.times().isFailing()) {
                    split.times().recovered();
                    problems.recovered(split.listed());
                }
                figures.read(reader.reached().offset() - before.offset());
                if (window.isPresent()) {
                    take(split, reader, window.get(), group);
                } else if (!reader.reached().equals(before)) {
                    split.passed(reader.offset());
                } else {
                    if (reader.isAtEnd() && reader.offset().file().archiveEnd().isPresent()) {
                        split.passed(reader.offset());
                    }
                    split.rests(storedBytes, nanoTime.getAsLong());
                    return false;
                }
            }
            return true;
        } catch (FileTruncatedException e) {
            LOG.debug("{}", e.getMessage());
            split.startsAnew(nanoTime.getAsLong());
        } catch (DamagedContentException e) {
            figures.retried();
            LOG.warn("{}", e.getMessage());
            split.hasNothing(storedBytes);
        } catch (IOException e) {
            failed(split, e);
        }
        return false;
    }

    private void take(SplitTask split, WindowReader reader, ScannedWindow window, PollGroup group) {
        figures.foundLines(window.matches().foreignLines(), window.matches().cutRecords());
        List<SourceRecord> made = records.of(window, reader.split(), reader.offset());
        if (made.isEmpty()) {
            split.passed(reader.offset());
        } else {
            group.add(made, window.matches().recordBytes());
            figures.emitted(made.size());
            split.emitted(reader.offset());
        }
    }

    private void failed(SplitTask split, IOException e) {
        figures.retried();
        split.failed(nanoTime.getAsLong());
        problems.failed(split.listed(), e, ReadErrors.describe(e, false));
    }
}
