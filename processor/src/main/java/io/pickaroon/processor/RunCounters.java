package io.pickaroon.processor;

import io.pickaroon.processor.Ledger.FileProblem;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.fix.FixTally;
import io.pickaroon.processor.scan.ScanTally;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** What a run has done so far. Thread-safe; readable at any time, for progress bars and metrics. */
public final class RunCounters {
    private final AtomicLong plannedBytes = new AtomicLong();
    private final AtomicLong scannedBytes = new AtomicLong();
    private final AtomicLong resumedBytes = new AtomicLong();
    private final AtomicLong deliveredBytes = new AtomicLong();
    private final AtomicLong emittedMatches = new AtomicLong();
    private final AtomicLong earlierMatches = new AtomicLong();
    private final AtomicLong deadLetteredMatches = new AtomicLong();
    private final AtomicLong lostBytes = new AtomicLong();
    private final AtomicReference<ScanTally> delivered = new AtomicReference<>(ScanTally.ZERO);
    private final AtomicReference<FixTally> fixes = new AtomicReference<>(FixTally.ZERO);
    private final List<FileProblem> problems = new CopyOnWriteArrayList<>();

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

    public Ledger ledger() {
        return new Ledger(
                delivered.get(),
                emittedMatches.get(),
                earlierMatches.get(),
                deadLetteredMatches.get(),
                fixes.get(),
                lostBytes.get(),
                List.copyOf(problems));
    }

    void planned(long bytes) {
        plannedBytes.addAndGet(bytes);
    }

    void resumed(long bytes) {
        resumedBytes.addAndGet(bytes);
    }

    void scanned(long bytes) {
        scannedBytes.addAndGet(bytes);
    }

    void delivered(Acknowledgement acknowledgement) {
        ScanTally tally = acknowledgement.window().tally();
        delivered.accumulateAndGet(tally, ScanTally::plus);
        deliveredBytes.addAndGet(tally.bytes());
        emittedMatches.addAndGet(acknowledgement.emittedMatches());
        earlierMatches.addAndGet(acknowledgement.earlierMatches());
        deadLetteredMatches.addAndGet(acknowledgement.deadLetteredMatches());
    }

    void fixed(FixTally tally) {
        fixes.accumulateAndGet(tally, FixTally::plus);
    }

    void lost(long bytes) {
        lostBytes.addAndGet(bytes);
    }

    void problem(Path path, String message) {
        problems.add(new FileProblem(path, message));
    }
}
