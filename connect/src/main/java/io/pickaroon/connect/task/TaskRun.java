package io.pickaroon.connect.task;

import io.pickaroon.connect.listing.ListedFile;
import io.pickaroon.connect.listing.Listing;
import io.pickaroon.connect.record.HeaderForm;
import io.pickaroon.connect.record.RecordLimits;
import io.pickaroon.connect.record.RecordTarget;
import io.pickaroon.connect.record.SourceRecords;
import io.pickaroon.connect.settings.ConnectorConfig;
import io.pickaroon.connect.settings.TopicLimits;
import io.pickaroon.connect.split.SplitPlan;
import io.pickaroon.inputs.discovery.DiscoveryException;
import io.pickaroon.inputs.rules.InputOrigins;
import io.pickaroon.inputs.rules.RuleForms;
import io.pickaroon.processor.input.ReadErrors;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a task does between its start and its stop, one poll after the other. When it is polled again, everything that the poll
 * before returned is committed: the worker ends the transactions before it goes on. For one thread.
 */
public final class TaskRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRun.class);
    /** Offsets without records are committed so often at most, but for those that are awaited, as each time is a transaction. */
    private static final long MARK_NANOS = Duration.ofSeconds(5).toNanos();
    /** The file of a split that rests is closed after so long: it may be deleted, and its bytes are to be freed. */
    private static final long OPEN_NANOS = Duration.ofMinutes(1).toNanos();

    private static final int MOST_LOOKS = 256;
    private static final Duration LONGEST_IDLE = Duration.ofMillis(500);

    private final int maxOpenFiles;
    private final TransactionContext transactions;
    private final TaskFiles files;
    private final TaskSplits splits;
    private final SplitLooks looks;
    private final FirstSights sights;
    private final SplitReads reads;
    private final RenamedFiles renamed;
    private final SourceRecords records;
    private final TaskFigures figures;
    private final LongSupplier nanoTime;
    private long lookNumber;
    private long markedNanos;
    private final Duration longestIdle;
    private Duration idle;

    /** Joins the files of the worker, and reads nothing yet. */
    public TaskRun(ConnectorConfig config, SourceTaskContext context) {
        this(config, context, new WorkerFiles(config), System::nanoTime, LONGEST_IDLE);
    }

    /**
     * @param files closed with it
     * @param longestIdle how long a poll waits that has nothing, after some that had nothing
     */
    TaskRun(
            ConnectorConfig config,
            SourceTaskContext context,
            TaskFiles files,
            LongSupplier nanoTime,
            Duration longestIdle) {
        this.files = files;
        this.nanoTime = nanoTime;
        this.longestIdle = longestIdle;
        this.idle = firstIdle();
        SplitPlan plan = new SplitPlan(config.splitBytes(), config.taskCount(), config.taskIndex());
        this.maxOpenFiles = config.maxOpenFiles();
        this.transactions = Optional.ofNullable(context.transactionContext())
                .orElseThrow(() -> new ConnectException(
                        "the worker gives no transactions: set 'exactly.once.source.support' to 'enabled' on every"
                                + " worker"));
        this.figures = new TaskFigures(Optional.ofNullable(context.pluginMetrics()));
        this.records = records(config);
        figures.show("dead-letters-total", "records that became dead letters", records::deadLetters);
        figures.show("read-times-total", "records sent with the time at which they were read", records::readTimes);
        TaskInputs inputs = new TaskInputs(config, files, nanoTime);
        WorkerOffsets offsets = new WorkerOffsets(context.offsetStorageReader(), config.splitBytes());
        FileProblems problems = new FileProblems();
        this.splits = new TaskSplits(plan, inputs, config.label(), config.lookInterval(), figures, problems);
        this.looks = new SplitLooks(plan, inputs, offsets, config.lookInterval(), figures, problems);
        this.sights = new FirstSights(inputs, offsets, config.splitBytes());
        this.reads = new SplitReads(records, figures, problems, nanoTime);
        this.renamed = new RenamedFiles(plan, config.label(), files, offsets, figures);
        this.markedNanos = nanoTime.getAsLong();
    }

    private static SourceRecords records(ConnectorConfig config) {
        TopicLimits limits = config.limits();
        var settings = config.settings().settings();
        return new SourceRecords(
                config.name(),
                RuleForms.of(settings, settings.output()),
                new InputOrigins(settings),
                new RecordTarget(
                        config.deadLetterTopic(),
                        new RecordLimits(
                                limits.maxRecordBytes(),
                                limits.newest().toMillis(),
                                limits.oldest().toMillis()),
                        config.sendsHeadersAsBytes() ? HeaderForm.BYTES : HeaderForm.TEXT),
                Clock.systemUTC());
    }

    /**
     * Reads for at most about a second, and waits a moment if there is nothing.
     *
     * @return records whose transactions end as was told to the worker; null if there is nothing
     * @throws ConnectException if the task cannot go on
     */
    public List<SourceRecord> poll() throws InterruptedException {
        long now = nanoTime.getAsLong();
        look(now);
        PollGroup group = new PollGroup();
        List<SplitTask> due = due(now);
        boolean isUncommitted = due.stream().anyMatch(split -> split.unmarked().isPresent());
        if (!due.isEmpty() && !isUncommitted) {
            looks.look(due, now);
        }
        sights.sight(splits.all());
        reads.read(splits.all(), group, now);
        boolean isAwaited = splits.all().stream().anyMatch(SplitTask::isAwaited);
        if (isUncommitted || isAwaited || nanoTime.getAsLong() - markedNanos >= MARK_NANOS) {
            mark(group);
        }
        if (group.isEmpty()) {
            Thread.sleep(idle);
            idle = idle.compareTo(longestIdle) < 0 ? idle.multipliedBy(2) : idle;
            return null;
        }
        idle = firstIdle();
        return group.inTransactions(transactions);
    }

    private Duration firstIdle() {
        return longestIdle.dividedBy(8);
    }

    private void look(long now) {
        try {
            Listing found = files.look();
            if (found.number() != lookNumber) {
                lookNumber = found.number();
                Collection<ListedFile> others = renamed.of(found);
                boolean areAllKnown = found.unreadable().isEmpty() && !renamed.mayBeMoreThan(found);
                splits.found(found, others, areAllKnown, now);
                closeIdle(now);
                showFigures();
            }
        } catch (DiscoveryException e) {
            throw new ConnectException(e.getMessage(), e);
        } catch (IOException e) {
            LOG.warn("files cannot be looked for now: {}", ReadErrors.describe(e, false));
        }
    }

    private void closeIdle(long now) {
        for (SplitTask split : splits.all()) {
            if (split.isResting() && split.reader().isPresent() && now - split.restedNanos() > OPEN_NANOS) {
                split.close();
            }
        }
    }

    private void showFigures() {
        List<SplitTask> all = splits.all();
        figures.now(
                all.stream().mapToLong(splits::backlogBytes).sum(),
                openFiles(),
                all.stream()
                        .filter(split -> !split.isReading() && !split.isResting())
                        .count());
    }

    private int openFiles() {
        return Math.toIntExact(splits.all().stream()
                .filter(split -> split.reader().isPresent())
                .count());
    }

    /** Those to be decided now, not more than may be open: first those that have waited longest, so that all have their turn. */
    private List<SplitTask> due(long now) {
        int[] room = {maxOpenFiles - openFiles()};
        List<SplitTask> due = splits.all().stream()
                .filter(split -> split.isDue(now))
                .sorted(Comparator.comparingLong(
                                (SplitTask split) -> split.times().overdueNanos(now))
                        .reversed())
                .filter(split -> split.reader().isPresent() || room[0]-- > 0)
                .limit(MOST_LOOKS)
                .toList();
        if (room[0] < 0) {
            closeLeastRecent();
        }
        return due;
    }

    /** Makes room for another one. */
    private void closeLeastRecent() {
        splits.all().stream()
                .filter(split -> split.isResting() && split.reader().isPresent())
                .filter(split -> split.unmarked().isEmpty() && !split.isHolding())
                .sorted(Comparator.comparingLong(SplitTask::restedNanos))
                .limit(Math.max(1, maxOpenFiles / 4))
                .forEach(SplitTask::close);
    }

    /** Has the offsets committed of what did not match, and of files that are new. */
    private void mark(PollGroup group) {
        markedNanos = nanoTime.getAsLong();
        for (SplitTask split : splits.all()) {
            split.unmarked().ifPresent(offset -> {
                var read = split.place().ofGeneration(Math.max(0, split.generation()));
                records.marker(read, offset).ifPresent(group::mark);
                split.marked();
            });
        }
    }

    /** Closes all files. What was returned and not committed is read again by the next task. */
    @Override
    public void close() {
        splits.all().forEach(SplitTask::close);
        files.close();
        records.sayTotals();
    }
}
