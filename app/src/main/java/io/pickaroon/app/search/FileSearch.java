package io.pickaroon.app.search;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScanTally;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.Exceptions;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Looks through files, one after another, without delivering anything or keeping a place. The windows of a file are
 * scanned in parallel, and what they hold is handed over in file order, on one thread at a time.
 *
 * <p>A record ends at a line feed, and a carriage return before it belongs to the record: what is found is what
 * {@code grep} would print.
 */
public final class FileSearch implements AutoCloseable {
    /**
     * What to look for: records in which at least one of these is found.
     *
     * @param expressions regular expressions in RE2 syntax
     * @param literals texts
     * @param ignoreCase whether ASCII letters match in either case
     */
    public record Wanted(List<String> expressions, List<String> literals, boolean ignoreCase) {}

    /**
     * What bounds memory.
     *
     * @param windowBytes how much of a file is scanned as one
     * @param maxRecordBytes only this much of a longer record is looked at
     * @param threads how many windows are scanned at the same time
     */
    public record Limits(int windowBytes, int maxRecordBytes, int threads) {}

    /** Takes matching records, each once, in file order. */
    @FunctionalInterface
    public interface MatchedRecords {
        /** The bytes are only lent: they are not to be changed or kept. */
        void accept(byte[] bytes, int from, int length) throws IOException;
    }

    /** For callers that only count. */
    public static final MatchedRecords NOT_WANTED = (_, _, _) -> {};

    private final Scanner scanner;
    private final WindowPlan plan;
    private final int threads;
    private final Scheduler scheduler;
    private final LongAdder doneBytes = new LongAdder();
    private final LongAdder matchedRecords = new LongAdder();

    /** @throws IllegalArgumentException if a pattern cannot be searched for; the message says why */
    public FileSearch(Wanted wanted, Limits limits) {
        this.scanner = new Scanner(SearchedPatterns.rules(wanted), Delimiter.LF, limits.maxRecordBytes());
        this.plan = new WindowPlan(limits.windowBytes(), limits.maxRecordBytes(), Delimiter.LF);
        this.threads = limits.threads();
        this.scheduler = Schedulers.newParallel("scan", threads, true);
    }

    /** Reads the file as long as it is now. */
    public ScanTally search(Path path, MatchedRecords records) throws IOException {
        try (LogFile file = LogFile.open(path)) {
            return plan.windows(file, Position.START, file.sizeBytes())
                    .flatMapSequential(window -> scanner.scan(window).subscribeOn(scheduler), threads, 1)
                    .map(window -> handOver(window, records))
                    .reduce(ScanTally.ZERO, ScanTally::plus)
                    .block();
        } catch (RuntimeException e) {
            if (Exceptions.unwrap(e) instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Bytes read so far, of all files. Safe to call from any thread, like {@link #matchedRecords}. */
    public long doneBytes() {
        return doneBytes.sum();
    }

    public long matchedRecords() {
        return matchedRecords.sum();
    }

    @Override
    public void close() {
        scheduler.dispose();
    }

    private ScanTally handOver(ScannedWindow window, MatchedRecords records) {
        MatchBatch matches = window.matches();
        long lastOffset = -1;
        try {
            for (int match = 0; match < matches.size(); match++) {
                if (matches.recordOffset(match) != lastOffset) {
                    lastOffset = matches.recordOffset(match);
                    records.accept(matches.array(), matches.start(match), matches.length(match));
                }
            }
        } catch (IOException e) {
            throw Exceptions.propagate(e);
        }
        doneBytes.add(window.tally().bytes());
        matchedRecords.add(window.tally().matchedRecords());
        return window.tally();
    }
}
