package io.pickaroon.processor;

import io.pickaroon.processor.decode.ContentFormat;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.directio.PinnedFile;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.scan.ScanDetail;
import io.pickaroon.processor.scan.ScanTally;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.search.NativeBytes;
import io.pickaroon.processor.time.TimeStretch;
import io.pickaroon.processor.time.TimedRecords;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.StreamWindows;
import io.pickaroon.processor.window.Window;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

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

    private static final int FEW_MATCHES = 256;

    private final SearchSession.Settings settings;

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
        this(new SearchSession.Settings(
                plan,
                new Scanner(rules, plan.format(), PartLimit.STANDARD),
                threads,
                List.copyOf(decoded),
                false,
                Optional.empty()));
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1");
        }
    }

    /** A search that reads files as a run of an input reads them: its records, fields, rules and masks, on one thread. */
    public static LogSearch of(LogInput input) {
        WindowPlan plan = input.plan();
        return new LogSearch(new SearchSession.Settings(
                new WindowPlan(Math.min(plan.windowBytes(), WINDOW_BYTES), plan.format()),
                InputScanners.of(input, PartLimit.STANDARD).first().emittingAfter(FEW_MATCHES),
                1,
                input.reading().decoded(),
                false,
                Optional.empty()));
    }

    private LogSearch(SearchSession.Settings settings) {
        this.settings = settings;
    }

    /**
     * A faster search, for those who count matches only: records without one need not be in {@link ScanTally#records} of
     * its windows.
     */
    public LogSearch countingMatchesOnly() {
        return new LogSearch(settings.with(settings.scanner().countingMatchesOnly()));
    }

    /** A search that finds out this much about each record. */
    public LogSearch with(ScanDetail detail) {
        return new LogSearch(settings.with(settings.scanner().with(detail)));
    }

    /** A search that passes on what it has found as soon as there are so many matches. */
    public LogSearch passingOnAfter(int matches) {
        return new LogSearch(settings.with(settings.scanner().emittingAfter(matches)));
    }

    /** A search that refuses files with a NUL byte in the first 64 KiB of their decoded content: {@link BinaryContent}. */
    public LogSearch refusingBinaries() {
        return new LogSearch(settings.refusingBinaries());
    }

    /**
     * A search for records of a range of time. In a file that is not decoded it reads where these are, if no record is earlier by more
     * than the slack of the range than one before it.
     */
    public LogSearch within(TimedRecords range) {
        return new LogSearch(settings.within(range));
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
        return Flux.using(
                () -> new SearchSession(settings, LogFile.open(file), file),
                SearchSession::windows,
                LogSearch::close,
                false);
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

    /** The file holds a NUL byte near its beginning, and files like this are not wanted. */
    public static final class BinaryContent extends IOException {
        BinaryContent(Path file) {
            super(NativePath.printable(file) + ": has a NUL byte");
        }
    }

    /** Takes what was found in a window. */
    @FunctionalInterface
    public interface Findings {
        /**
         * Called for each window in file order.
         *
         * @param window its arrays are on loan: do not change or keep them
         * @return whether the next one is wanted
         */
        boolean accept(ScannedWindow window) throws IOException;

        /**
         * Called before the windows of a file of which records of a range of time are searched.
         *
         * @param stretch what is read of the file
         */
        default void begins(TimeStretch stretch, long sizeBytes) throws IOException {}

        /** How many records before and behind those of a range of time are wanted, too. */
        default int neighbours() {
            return 0;
        }

        /** True if bytes before a window are read again; of a stream then those from {@link #keepOffset} on are kept. */
        default boolean looksBack() {
            return false;
        }

        /** The first byte of a stream that is read again, within {@link StreamWindows#MOST_KEPT_BYTES}. */
        default long keepOffset() {
            return Long.MAX_VALUE;
        }

        /**
         * Called before a file is searched by all threads, on the caller's, for callers that search several files at a time.
         *
         * @return whether it is to be searched at all
         */
        default boolean mayTakeAllThreads() throws IOException {
            return true;
        }

        /** Called when nothing else of a stream has arrived yet. */
        default void pause() throws IOException {}
    }

    /**
     * Passes the {@link #windows} of a file to the caller, one at a time, and waits for the end, or until no more is wanted.
     *
     * @return what was read
     * @throws IOException if the file cannot be read to its end, after the windows before the failure; or what
     *     {@code findings} throws, which ends the search
     */
    public ScanTally search(Path file, Findings findings) throws IOException {
        return search(LogFile.open(file), file, findings);
    }

    /** Like the other method, for a file that is open, and closes it. */
    public ScanTally search(LogFile file, Findings findings) throws IOException {
        return search(file, file.path(), findings);
    }

    private ScanTally search(LogFile opened, Path file, Findings findings) throws IOException {
        try (SearchSession session = new SearchSession(settings, opened, file)) {
            PassedWindows passing = new PassedWindows(findings);
            Optional<TimeStretch> stretch = session.seek(findings.neighbours());
            if (stretch.isPresent()) {
                findings.begins(stretch.get(), session.file().sizeBytes());
            }
            if (session.isOneWindow()) {
                Optional<Window> window = session.onlyWindow();
                if (window.isPresent()) {
                    settings.scanner().scan(window.get(), passing::pass);
                }
                return passing.all();
            }
            Optional<InputStream> decoded = findings.looksBack() ? session.decodedStream() : Optional.empty();
            if (decoded.isPresent()) {
                return search(decoded.get(), file, findings);
            }
            if (!session.isDecoded() && !findings.mayTakeAllThreads()) {
                return passing.all();
            }
            session.windows().takeWhile(passing::passOfFlux).blockLast();
            return passing.all();
        } catch (RuntimeException e) {
            if (Exceptions.unwrap(e) instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static void close(SearchSession session) {
        try {
            session.close();
        } catch (IOException e) {
            throw Exceptions.propagate(e);
        }
    }

    /**
     * Like the other method, for a stream, on this thread: each record is found as soon as its line is complete. Nothing is
     * decoded. Does not close the stream.
     *
     * @param name stands in messages
     */
    public ScanTally search(InputStream stream, Path name, Findings findings) throws IOException {
        PassedWindows passing = new PassedWindows(findings);
        StreamWindows windows = new StreamWindows(stream, name, settings.plan(), findings::keepOffset);
        for (Window window = windows.next();
                window != null && settings.scanner().scan(window, passing::pass);
                window = windows.next()) {
            if (windows.mustWait()) {
                findings.pause();
            }
        }
        return passing.all();
    }

    private static Iterable<MatchedRecord> records(ScannedWindow window) {
        return () -> IntStream.range(0, window.matches().size())
                .mapToObj(match -> new MatchedRecord(window, match))
                .iterator();
    }
}
