package io.pickaroon.processor;

import io.pickaroon.processor.decode.ContentFormat;
import io.pickaroon.processor.decode.DecodedFile;
import io.pickaroon.processor.directio.PinnedFile;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.host.UninterruptedThreads;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.scan.Rule;
import io.pickaroon.processor.scan.ScanTally;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.search.NativeBytes;
import io.pickaroon.processor.window.DecodedWindows;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.Window;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Finds the records of a file that match rules. Delivers nothing, changes nothing and keeps no place: {@link LogProcessor}
 * does all of that.
 *
 * <p>Thread-safe and reusable. Each subscription opens the file anew. A file of one window is scanned on the subscriber's
 * thread; a larger one, and an archive, on threads of the subscription's own, which are never interrupted. To cancel a
 * subscription ends them and closes the file.
 */
public final class LogSearch {
    /** How much of a file is scanned as one, unless a plan says otherwise. */
    public static final int WINDOW_BYTES = 16 << 20;
    /** How long a record may be, unless a plan says otherwise. */
    public static final int MAX_RECORD_BYTES = 1 << 20;

    private final WindowPlan plan;
    private final Scanner scanner;
    private final int threads;
    private final List<ContentFormat> decoded;

    /** Windows of 16 MiB, records of up to 1 MiB that end at LF or CR LF, a thread for each processor, nothing decoded. */
    public LogSearch(List<Rule> rules) {
        this(
                rules,
                new WindowPlan(WINDOW_BYTES, MAX_RECORD_BYTES, Delimiter.AUTO),
                Runtime.getRuntime().availableProcessors(),
                List.of());
    }

    /**
     * @param rules what to look for; their fixes mask what is shown, and are not made
     * @param plan how files are cut into windows and records
     * @param threads windows scanned at the same time, at least 1
     * @param decoded formats of content that is decoded; other files are read as they are
     */
    public LogSearch(List<Rule> rules, WindowPlan plan, int threads, List<ContentFormat> decoded) {
        this(plan, new Scanner(rules, plan.format(), PartLimit.STANDARD), threads, decoded);
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1");
        }
    }

    private LogSearch(WindowPlan plan, Scanner scanner, int threads, List<ContentFormat> decoded) {
        this.plan = plan;
        this.scanner = scanner;
        this.threads = threads;
        this.decoded = List.copyOf(decoded);
    }

    /**
     * A faster search, for those who count matches only: records without one need not be in {@link ScanTally#records} of
     * its windows.
     */
    public LogSearch countingMatchesOnly() {
        return new LogSearch(plan, scanner.countingMatchesOnly(), threads, decoded);
    }

    /**
     * The matches in file order, up to where the file ends at the time of the subscription. At most {@code threads} windows,
     * and what matched in them, are held ahead of what was requested.
     *
     * @return fails with an {@link IOException} if the file cannot be read, and with a
     *     {@link io.pickaroon.processor.file.FileTruncatedException} if it gets shorter meanwhile
     */
    public Flux<MatchedRecord> matches(Path file) {
        return windows(file).concatMapIterable(LogSearch::records, 1);
    }

    /**
     * The windows of a file with what matched in each, for callers that count records, or write them without a copy. In file
     * order, and fails like {@link #matches}, after the windows before the failure. A window with many matches comes in
     * several parts.
     *
     * @return windows whose arrays are on loan until the next one is requested: do not change or keep them
     */
    public Flux<ScannedWindow> windows(Path file) {
        return Flux.using(() -> new Session(file), Session::windows, Session::close, false);
    }

    /**
     * Begins to load native code, which each search needs and nothing else in a start does. A program that has something else
     * to do first calls this before it. Returns at once.
     */
    public static void prepare() {
        Thread.ofPlatform().name("prepare-files").daemon().start(LogSearch::prepareFiles);
        Thread.ofPlatform().name("prepare-memchr").daemon().start(NativeBytes::isAvailable);
    }

    private static void prepareFiles() {
        try (PinnedFile root = PinnedFile.of(Path.of("/"))) {
            root.status();
        } catch (IOException | RuntimeException | LinkageError e) {
            // The search itself will say what is wrong.
            return;
        }
    }

    /** Takes what was found in a window. */
    @FunctionalInterface
    public interface Findings {
        /**
         * Called for each window in file order.
         *
         * @param window its arrays are on loan: do not change or keep them
         */
        void accept(ScannedWindow window) throws IOException;
    }

    /**
     * Passes the {@link #windows} of a file to the caller, one at a time, and waits for the end.
     *
     * @return what was read
     * @throws IOException if the file cannot be read to its end, after the windows before the failure; or what
     *     {@code findings} throws, which ends the search
     */
    public ScanTally search(Path file, Findings findings) throws IOException {
        Session session = new Session(file);
        if (session.isOneWindow) {
            return session.search(findings);
        }
        try {
            return Flux.using(() -> session, Session::windows, Session::close, false)
                    .map(window -> taken(window, findings))
                    .reduce(ScanTally.ZERO, ScanTally::plus)
                    .block();
        } catch (RuntimeException e) {
            if (Exceptions.unwrap(e) instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static ScanTally taken(ScannedWindow window, Findings findings) {
        try {
            findings.accept(window);
            return window.tally();
        } catch (IOException e) {
            throw Exceptions.propagate(e);
        }
    }

    private static Iterable<MatchedRecord> records(ScannedWindow window) {
        return () -> IntStream.range(0, window.matches().size())
                .mapToObj(match -> new MatchedRecord(window, match))
                .iterator();
    }

    private final class Session {
        private final LogFile file;
        private final Optional<DecodedFile> content;
        private final boolean isOneWindow;
        private Scheduler scan = Schedulers.immediate();

        Session(Path path) throws IOException {
            file = LogFile.open(path);
            try {
                content = DecodedFile.ofAny(file, decoded);
                isOneWindow = content.isEmpty() && file.sizeBytes() <= plan.windowBytes();
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        }

        /** Where there is one window: without Reactor, which takes longer to begin than a small file takes to be read. */
        ScanTally search(Findings findings) throws IOException {
            ScanTally[] all = {ScanTally.ZERO};
            try (file) {
                Optional<Window> window = plan.onlyWindow(file);
                if (window.isPresent()) {
                    scanner.scan(window.get(), part -> {
                        findings.accept(part);
                        all[0] = all[0].plus(part.tally());
                    });
                }
            }
            return all[0];
        }

        Flux<ScannedWindow> windows() {
            try {
                if (!isOneWindow) {
                    scan = new UninterruptedThreads("log-search", threads);
                }
                return content.isEmpty()
                        ? scanner.scan(plan.windows(file), plan, scan, threads)
                        : scanner.scanInTurn(DecodedWindows.of(content.get(), plan), scan);
            } catch (IOException e) {
                return Flux.error(e);
            }
        }

        void close() {
            scan.dispose();
            try {
                if (content.isPresent()) {
                    content.get().close();
                } else {
                    file.close();
                }
            } catch (IOException e) {
                throw Exceptions.propagate(e);
            }
        }
    }
}
