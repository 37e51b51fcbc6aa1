package io.pickaroon.processor.metrics;

import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryReasons;
import io.pickaroon.processor.delivery.LatencyHistogram;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.fix.FixTally;
import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.metrics.Ledger.FileProblem;
import io.pickaroon.processor.scan.ScanTally;
import io.pickaroon.processor.window.ContentStart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run has done so far. Thread-safe; readable at any time, for progress bars and metrics. */
public final class RunCounters {
    /** Problems that are remembered; later ones are only counted. A daemon may meet one again and again. */
    private static final int MOST_PROBLEMS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(RunCounters.class);

    private final AtomicLong plannedBytes = new AtomicLong();
    private final AtomicLong scannedBytes = new AtomicLong();
    private final AtomicLong resumedBytes = new AtomicLong();
    private final AtomicLong deliveredBytes = new AtomicLong();
    private final AtomicLong emittedMatches = new AtomicLong();
    private final AtomicLong earlierMatches = new AtomicLong();
    private final AtomicLong deadLetteredMatches = new AtomicLong();
    private final AtomicLong sampledOutMatches = new AtomicLong();
    private final AtomicReference<DeliveryReasons> reasons = new AtomicReference<>(DeliveryReasons.NONE);
    private final AtomicLong lostBytes = new AtomicLong();
    private final AtomicLong skippedBytes = new AtomicLong();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final UnparsedRecords unparsedRecords = new UnparsedRecords();
    private final AtomicLong maskedFields = new AtomicLong();
    private final AtomicReference<ScanTally> delivered = new AtomicReference<>(ScanTally.ZERO);
    private final AtomicReference<ScanTally> alreadyDelivered = new AtomicReference<>(ScanTally.ZERO);
    private final AtomicReference<FixTally> fixes = new AtomicReference<>(FixTally.ZERO);
    private final List<FileProblem> problems = new CopyOnWriteArrayList<>();
    private final LatencyHistogram commits = new LatencyHistogram();
    private final AtomicLong durableNanos;
    private final AtomicReference<Optional<String>> waitsForRoom = new AtomicReference<>(Optional.empty());
    private final AtomicLong deliveredNanos;
    private final AtomicLong outages = new AtomicLong();
    private final AtomicReference<Destination> destination = new AtomicReference<>(new Destination.Awaited());
    private final Map<String, InputCounters> inputs;
    private final Map<FileIdentity, InputCounters> inputOfFile = new ConcurrentHashMap<>();
    /** Files to which no name leads, and whether it was said that they are fixed all the same. */
    private final Map<FileIdentity, Boolean> deleted = new ConcurrentHashMap<>();

    private final LongSupplier nanoTime;
    private volatile Consumer<FixedWindow> whenFixed = _ -> {};

    /** @param nanoTime time that only ever grows, for lag and ages */
    public RunCounters(List<LogInput> inputs, LongSupplier nanoTime) {
        Map<String, InputCounters> byId = new LinkedHashMap<>();
        inputs.forEach(input -> byId.put(input.id(), new InputCounters(input)));
        this.inputs = Collections.unmodifiableMap(byId);
        this.nanoTime = nanoTime;
        this.durableNanos = new AtomicLong(nanoTime.getAsLong());
        this.deliveredNanos = new AtomicLong(nanoTime.getAsLong());
    }

    /**
     * Has every window passed on that is fixed, with what was changed in it, on the thread that fixes. Set before the run.
     *
     * @param observer must not keep the window
     */
    public void whenFixed(Consumer<FixedWindow> observer) {
        whenFixed = observer;
    }

    /** Bytes that are known to be there for this run to read, whether read yet or not. */
    public long plannedBytes() {
        return plannedBytes.get();
    }

    /** Bytes scanned, delivered or not; those of a window that had to be scanned again count again. */
    public long scannedBytes() {
        return scannedBytes.get();
    }

    /** Bytes of windows that were delivered. */
    public long deliveredBytes() {
        return deliveredBytes.get();
    }

    /** Bytes before the positions from which the files were resumed. */
    public long resumedBytes() {
        return resumedBytes.get();
    }

    public long emittedMatches() {
        return emittedMatches.get();
    }

    public long deadLetteredMatches() {
        return deadLetteredMatches.get();
    }

    /** One for each input, in the order of the inputs. */
    public List<InputFigures> inputs() {
        long nowNanos = nanoTime.getAsLong();
        return inputs.values().stream().map(input -> input.figures(nowNanos)).toList();
    }

    /** The state of commits. */
    public CommitFigures commits() {
        Duration age = Duration.ofNanos(nanoTime.getAsLong() - durableNanos.get());
        return new CommitFigures(commits.latencies(), age, waitsForRoom.get());
    }

    /** The state of the destination. */
    public Destination destination() {
        return destination.get();
    }

    /** How long nothing was delivered although there is something to deliver; zero if there is nothing. */
    public Duration stalled() {
        long nowNanos = nanoTime.getAsLong();
        Duration lag = inputs.values().stream()
                .map(input -> input.figures(nowNanos).lag())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        Duration silence = Duration.ofNanos(nowNanos - deliveredNanos.get());
        return silence.compareTo(lag) < 0 ? silence : lag;
    }

    /** Number of outages of the destination. */
    public long outages() {
        return outages.get();
    }

    /** What went wrong with files, the oldest first. */
    public List<FileProblem> problems() {
        return List.copyOf(problems);
    }

    public Ledger ledger() {
        return new Ledger(
                delivered.get(),
                alreadyDelivered.get(),
                emittedMatches.get(),
                earlierMatches.get(),
                deadLetteredMatches.get(),
                sampledOutMatches.get(),
                reasons.get(),
                fixes.get(),
                waitingBytes.get(),
                lostBytes.get(),
                skippedBytes.get(),
                unparsedRecords.count(),
                maskedFields.get(),
                List.copyOf(problems));
    }

    public void planned(long bytes) {
        plannedBytes.addAndGet(bytes);
    }

    public void resumed(long bytes) {
        resumedBytes.addAndGet(bytes);
    }

    public void scanned(long bytes) {
        scannedBytes.addAndGet(bytes);
    }

    /** A file of an input is read from there on. */
    public void opened(LogInput input, FileIdentity file, Position from) {
        InputCounters counters = inputs.get(input.id());
        inputOfFile.put(file, counters);
        counters.opened(file, from, nanoTime.getAsLong());
    }

    /** So many bytes of the file were seen behind this offset, and no turn has found them yet. */
    public void unread(LogInput input, FileIdentity file, long deliveredOffset, long bytes) {
        if (bytes > 0) {
            inputOfFile.put(file, inputs.get(input.id()));
        }
        of(file).ifPresent(counters -> counters.unread(file, deliveredOffset, bytes, nanoTime.getAsLong()));
    }

    /** Complete records of the file reach up to this offset. */
    public void available(FileIdentity file, long offset) {
        of(file).ifPresent(input -> input.available(file, offset, nanoTime.getAsLong()));
    }

    /** The file is gone, and all that was read of it is fixed: the input drops it. */
    public void forget(FileIdentity file) {
        of(file).ifPresent(input -> input.forget(file));
        inputOfFile.remove(file);
        deleted.remove(file);
    }

    public void delivered(Acknowledgement acknowledgement) {
        ScanTally tally = acknowledgement.window().tally();
        delivered.accumulateAndGet(tally, ScanTally::plus);
        if (acknowledgement.ofEarlierSession()) {
            alreadyDelivered.accumulateAndGet(tally, ScanTally::plus);
        }
        deliveredBytes.addAndGet(tally.bytes());
        emittedMatches.addAndGet(acknowledgement.emittedMatches());
        earlierMatches.addAndGet(acknowledgement.earlierMatches());
        deadLetteredMatches.addAndGet(acknowledgement.deadLetteredMatches());
        sampledOutMatches.addAndGet(acknowledgement.window().matches().sampledOut());
        if (!acknowledgement.ofEarlierSession()) {
            unparsedRecords.add(acknowledgement.window());
            maskedFields.addAndGet(acknowledgement.window().matches().maskedFields());
        }
        reasons.accumulateAndGet(acknowledgement.reasons(), DeliveryReasons::plus);
        of(acknowledgement.window().file().identity()).ifPresent(input -> input.delivered(acknowledgement));
        deliveredNanos.set(nanoTime.getAsLong());
    }

    /** The destination has these bytes already, so they are not scanned. */
    public void passedOver(LogInput input, long bytes) {
        ScanTally tally = new ScanTally(0, 0, 0, 0, bytes, 0);
        delivered.accumulateAndGet(tally, ScanTally::plus);
        alreadyDelivered.accumulateAndGet(tally, ScanTally::plus);
        inputs.get(input.id()).passedOver(tally);
    }

    public void fixed(FixedWindow window) {
        fixes.accumulateAndGet(window.tally(), FixTally::plus);
        of(window.file().identity()).ifPresent(input -> {
            input.fixed(window);
            countDeleted(window, input);
        });
        whenFixed.accept(window);
    }

    private void countDeleted(FixedWindow window, InputCounters input) {
        long edits = window.tally().edits();
        Boolean wasSaid = edits == 0 ? null : deleted.replace(window.file().identity(), true);
        if (wasSaid != null) {
            input.fixedDeleted(edits);
        }
        if (Boolean.FALSE.equals(wasSaid)) {
            LOG.warn(
                    "{} was deleted before all fixes in it were made: a copy of it, such as the archive of a rotation,"
                            + " still has what they hide; look into it with 'pickaroon scan'",
                    window.file());
        }
    }

    /** Notes that no name leads to a file, or that one does again. */
    public void deleted(FileIdentity file, boolean isDeleted) {
        if (isDeleted) {
            deleted.putIfAbsent(file, false);
        } else {
            deleted.remove(file);
        }
    }

    /** Says and counts that bytes of a file are lost. */
    public void lost(LogInput input, Path path, long bytes, String because) {
        String message = "%s; %d bytes are lost".formatted(because, bytes);
        LOG.error("{}", message);
        lostBytes.addAndGet(bytes);
        inputs.get(input.id()).lost(bytes);
        problem(input, path, message);
    }

    /** Bytes at the start of a file that belong to no record, see {@link ContentStart}. */
    public void skipped(Path path, long bytes) {
        skippedBytes.addAndGet(bytes);
        if (bytes > ContentStart.MARK_BYTES) {
            LOG.info(
                    "{}: {} NUL bytes stand before its first record, as a truncation leaves them; they are skipped",
                    path,
                    bytes);
        }
    }

    public void problem(LogInput input, Path path, String message) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new FileProblem(path, message));
        }
        inputs.get(input.id()).problem();
    }

    /** A file could not be read for a reason that may pass, and is tried again. */
    public void retried(LogInput input) {
        inputs.get(input.id()).retried();
    }

    /** The rate of an input makes it wait for so long. */
    public void paced(LogInput input, long nanos) {
        inputs.get(input.id()).paced(nanos);
    }

    /** So much of what was delivered has fixes in it that wait for the rotation of files. */
    public void waiting(long bytes) {
        waitingBytes.set(bytes);
    }

    /** Why the checkpoint waits for room; empty when it has some again. */
    public void waitsForRoom(Optional<String> reason) {
        waitsForRoom.set(reason);
    }

    /** All that was delivered by now is durable. */
    public void durable() {
        durableNanos.set(nanoTime.getAsLong());
    }

    /** A group of windows was fixed and passed by the checkpoint. */
    public void committed(long tookNanos) {
        commits.add(tookNanos);
    }

    public void destinationReady() {
        destination.set(new Destination.Ready());
    }

    public void outage(String reason) {
        outages.incrementAndGet();
        destination.set(new Destination.Failing(reason));
    }

    private Optional<InputCounters> of(FileIdentity file) {
        return Optional.ofNullable(inputOfFile.get(file));
    }
}
