package io.pickaroon.app.search;

import io.pickaroon.app.decode.DecodedFormats;
import io.pickaroon.processor.decode.DecodedFile;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.scan.Rule;
import io.pickaroon.processor.scan.ScanTally;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.DecodedWindows;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Looks through files, one after another, without delivering or changing anything or keeping a place. The windows of a
 * file are scanned in parallel, and what they hold is handed over in file order, on one thread at a time.
 */
public final class FileSearch implements AutoCloseable {
    /** Takes what was found, in file order. */
    @FunctionalInterface
    public interface Findings {
        /** The window's arrays are only lent: they are not to be changed or kept. */
        void accept(ScannedWindow window) throws IOException;
    }

    private final Scanner scanner;
    private final WindowPlan plan;
    private final int threads;
    private final Scheduler scheduler;
    private final LongAdder doneBytes = new LongAdder();
    private final LongAdder matchedRecords = new LongAdder();

    public FileSearch(List<Rule> rules, Delimiter delimiter, ReadingLimits limits) {
        this.scanner = new Scanner(rules, delimiter, limits.maxRecordBytes());
        this.plan = new WindowPlan(limits.windowBytes(), limits.maxRecordBytes(), delimiter);
        this.threads = limits.threads();
        this.scheduler = Schedulers.newParallel("scan", threads, true);
    }

    /** Reads the file as long as it is now. */
    public ScanTally search(Path path, Findings findings) throws IOException {
        try (LogFile file = LogFile.open(path)) {
            Optional<DecodedFile> decoded = DecodedFile.ofAny(file, DecodedFormats.ALL);
            return (decoded.isPresent() ? scanDecoded(decoded.get()) : scan(file))
                    .map(window -> handOver(window, findings))
                    .reduce(ScanTally.ZERO, ScanTally::plus)
                    .block();
        } catch (RuntimeException e) {
            if (Exceptions.unwrap(e) instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private Flux<ScannedWindow> scan(LogFile file) throws IOException {
        return scanner.scan(plan.windows(file), plan, scheduler, threads);
    }

    private Flux<ScannedWindow> scanDecoded(DecodedFile file) throws IOException {
        return DecodedWindows.of(file, plan)
                .subscribeOn(scheduler)
                .concatMap(window -> scanner.scan(window).subscribeOn(scheduler), 0);
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

    private ScanTally handOver(ScannedWindow window, Findings findings) {
        try {
            findings.accept(window);
        } catch (IOException e) {
            throw Exceptions.propagate(e);
        }
        doneBytes.add(window.tally().bytes());
        matchedRecords.add(window.tally().matchedRecords());
        return window.tally();
    }
}
