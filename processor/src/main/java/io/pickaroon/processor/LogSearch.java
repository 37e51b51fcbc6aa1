package io.pickaroon.processor;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.host.UninterruptedThreads;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.scan.Rule;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.Window;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

/**
 * Finds the records of a file that match rules, for programs that have the engine as a library: nothing is delivered or
 * changed, and no place is kept. {@link LogProcessor} does all of that.
 *
 * <p>Thread-safe, and reusable.
 */
public final class LogSearch {
    private static final int WINDOW_BYTES = 16 << 20;
    private static final int MAX_RECORD_BYTES = 1 << 20;

    private final WindowPlan plan;
    private final Scanner scanner;
    private final int threads;

    /** Windows of 16 MiB, records of up to 1 MiB that end at LF or CR LF, a thread for each processor. */
    public LogSearch(List<Rule> rules) {
        this(
                rules,
                new WindowPlan(WINDOW_BYTES, MAX_RECORD_BYTES, Delimiter.AUTO),
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * @param rules what to look for; their fixes mask what is shown, and are not made
     * @param plan how files are cut into windows and records
     * @param threads windows scanned at the same time, at least 1
     */
    public LogSearch(List<Rule> rules, WindowPlan plan, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1");
        }
        this.plan = plan;
        this.scanner = new Scanner(rules, plan.format(), PartLimit.STANDARD);
        this.threads = threads;
    }

    /**
     * The matches in file order, up to where the file ends at the time of the subscription. Windows are scanned in
     * parallel on threads that each subscription has of its own; no more of them than {@code threads}, and what was
     * matched in these, is held ahead of what was requested.
     *
     * @return fails with an {@link IOException} if the file cannot be read, and with a
     *     {@link io.pickaroon.processor.file.FileTruncatedException} if it gets shorter meanwhile
     */
    public Flux<MatchedRecord> matches(Path file) {
        return Flux.using(() -> new Session(LogFile.open(file)), this::matches, Session::close, false);
    }

    private Flux<MatchedRecord> matches(Session session) {
        return Flux.defer(() -> windows(session.file))
                .transform(windows -> scanner.scan(windows, plan, session.scan, threads))
                .concatMapIterable(LogSearch::records, 1);
    }

    private Flux<Window> windows(LogFile file) {
        try {
            return plan.windows(file);
        } catch (IOException e) {
            return Flux.error(e);
        }
    }

    private static Iterable<MatchedRecord> records(ScannedWindow window) {
        return () -> IntStream.range(0, window.matches().size())
                .mapToObj(match -> new MatchedRecord(
                        window.file().path(),
                        window.matches().recordOffset(match),
                        window.matches().rule(match).id(),
                        window.matches().copyOfRecord(match),
                        window.matches().isHeadOnly(match)))
                .iterator();
    }

    private final class Session {
        final LogFile file;
        final UninterruptedThreads scan = new UninterruptedThreads("log-search", threads);

        Session(LogFile file) {
            this.file = file;
        }

        void close() {
            scan.dispose();
            try {
                file.close();
            } catch (IOException e) {
                throw Exceptions.propagate(e);
            }
        }
    }
}
