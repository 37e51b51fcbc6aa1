package io.pickaroon.processor;

import io.pickaroon.processor.decode.ContentFormat;
import io.pickaroon.processor.decode.DecodedFile;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.host.UninterruptedThreads;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.time.TimeStretch;
import io.pickaroon.processor.time.TimedRecords;
import io.pickaroon.processor.window.DecodedWindows;
import io.pickaroon.processor.window.Window;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** One file while it is searched, with the threads that do it. Used by one thread at a time; closed by the last one. */
final class SearchSession implements AutoCloseable {
    private static final int TEXT_BYTES = 64 * 1024;

    /**
     * How files are searched.
     *
     * @param threads windows scanned at the same time, at least 1
     * @param decoded formats of content that is decoded
     * @param refusesBinaries whether {@link LogSearch.BinaryContent} is refused
     * @param times the records that are meant, if only those of a range of time are
     */
    record Settings(
            WindowPlan plan,
            Scanner scanner,
            int threads,
            List<ContentFormat> decoded,
            boolean refusesBinaries,
            Optional<TimedRecords> times) {
        Settings with(Scanner other) {
            return new Settings(plan, other, threads, decoded, refusesBinaries, times);
        }

        Settings refusingBinaries() {
            return new Settings(plan, scanner, threads, decoded, true, times);
        }

        Settings within(TimedRecords range) {
            return new Settings(plan, scanner.within(range), threads, decoded, refusesBinaries, Optional.of(range));
        }
    }

    private final Settings settings;
    private final LogFile file;
    private final Optional<DecodedFile> content;
    private final boolean isOneWindow;
    private Scheduler threads = Schedulers.immediate();
    /** Where the records of the range are; null where all are meant, and in decoded content. */
    private TimeStretch stretch;

    /**
     * Closes the file also if it fails.
     *
     * @param name of the file in messages
     */
    SearchSession(Settings settings, LogFile file, Path name) throws IOException {
        this.settings = settings;
        this.file = file;
        try {
            content = DecodedFile.ofAny(file, settings.decoded);
            isOneWindow = content.isEmpty() && file.sizeBytes() <= settings.plan.windowBytes();
            if (settings.refusesBinaries) {
                requireText(name);
            }
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void requireText(Path path) throws IOException {
        LogFile read = file;
        if (content.isPresent()) {
            decodeHead(content.get());
            read = content.get();
        }
        byte[] head = new byte[(int) Math.min(TEXT_BYTES, read.sizeBytes())];
        int length = read.readUpTo(0, head, 0, head.length);
        for (int i = 0; i < length; i++) {
            if (head[i] == 0) {
                throw new LogSearch.BinaryContent(path);
            }
        }
    }

    /** Where it is damaged, the search says so, after what is before. */
    private static void decodeHead(DecodedFile decoded) {
        try {
            decoded.decodeTo(TEXT_BYTES, 0);
        } catch (IOException damaged) {
            return;
        }
    }

    LogFile file() {
        return file;
    }

    /** The window, if the file is only one. Without Reactor, which takes longer to begin than a small file to be read. */
    boolean isOneWindow() {
        return isOneWindow;
    }

    Optional<Window> onlyWindow() throws IOException {
        return settings.plan.onlyWindow(file);
    }

    /** True if an archive's content is searched, which one thread at a time does. */
    boolean isDecoded() {
        return content.isPresent();
    }

    /** The content as a stream, if it is decoded. */
    Optional<InputStream> decodedStream() {
        return content.map(DecodedFile::stream);
    }

    Flux<ScannedWindow> windows() {
        try {
            Optional<TimeStretch> _ = stretch == null ? seek(0) : Optional.empty();
            if (!isOneWindow) {
                threads = new UninterruptedThreads("log-search", settings.threads);
            }
            return content.isEmpty()
                    ? settings.scanner.scan(plainWindows(), settings.plan, threads, settings.threads)
                    : settings.scanner.scanInTurn(DecodedWindows.of(content.get(), settings.plan), threads);
        } catch (IOException e) {
            return Flux.error(e);
        }
    }

    private Flux<Window> plainWindows() throws IOException {
        if (stretch == null) {
            return settings.plan.windows(file);
        }
        Position start = new Position(stretch.startOffset(), true);
        return settings.plan.windows(file, start, stretch.startOffset(), stretch.endOffset(), file.sizeBytes());
    }

    /**
     * Finds out where in the file the records of the range of time are, and searches no more than that; all of a file of one window.
     *
     * @param neighbours how many records before and behind them are searched, too
     * @return empty where all are meant, and in decoded content
     */
    Optional<TimeStretch> seek(int neighbours) throws IOException {
        if (settings.times.isPresent() && content.isEmpty()) {
            TimedRecords times = settings.times.get();
            stretch = isOneWindow
                    ? times.allOf(file, settings.plan.format())
                    : times.stretchOf(file, settings.plan.format(), neighbours);
        }
        return Optional.ofNullable(stretch);
    }

    /** Waits for the threads, unless one of them calls it. */
    @Override
    public void close() throws IOException {
        threads.dispose();
        if (content.isPresent()) {
            content.get().close();
        } else {
            file.close();
        }
    }
}
