package io.pickaroon.app.scan;

import io.pickaroon.app.error.ExitCode;
import io.pickaroon.app.error.Failure;
import io.pickaroon.app.error.UserError;
import io.pickaroon.app.search.NamedFile;
import io.pickaroon.app.search.ReadingLimits;
import io.pickaroon.app.search.VectorRestart;
import io.pickaroon.app.search.Wanted;
import io.pickaroon.app.terminal.Progress;
import io.pickaroon.app.terminal.ProgressDisplay;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.app.terminal.RecordOutput;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.processor.LogSearch;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.metrics.StartTrace;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.Pattern;
import io.pickaroon.processor.scan.Rule;
import io.pickaroon.processor.scan.ScanTally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Looks through the files that were named, prints what was found, and goes on when one of them cannot be read.
 *
 * <p>A record ends at a line feed, together with a carriage return before it, as where nothing else is configured: each is
 * printed with a line feed behind it.
 */
final class ScanRun {
    private final Terminal terminal;
    private final Wanted wanted;
    private final ReadingLimits limits;
    private final boolean progressBar;
    private final LongAdder doneBytes = new LongAdder();
    private final LongAdder matchedRecords = new LongAdder();
    private int exitCode = ExitCode.DONE;
    private long headsOnly;

    ScanRun(Terminal terminal, Wanted wanted, ReadingLimits limits, boolean progressBar) {
        this.terminal = terminal;
        this.wanted = wanted;
        this.limits = limits;
        this.progressBar = progressBar;
    }

    /** Returns the exit code. */
    int run(List<Path> files, boolean count) throws IOException {
        LogSearch search = search(files, count);
        try (RecordOutput output = new RecordOutput(terminal.output())) {
            if (count && progressBar) {
                try (ProgressDisplay _ = new ProgressDisplay(terminal, progressOf(NamedFile.totalBytes(files)))) {
                    scanAll(search, files, count, output);
                }
            } else {
                scanAll(search, files, count, output);
            }
        } catch (RecordOutput.ReaderGone _) {
            return exitCode;
        }
        if (headsOnly > 0) {
            System.err.println(
                    "pickaroon: records longer than %s: %s; only their beginnings were scanned; raise --max-record-bytes to scan more"
                            .formatted(Quantities.bytes(limits.maxRecordBytes()), Quantities.count(headsOnly)));
        }
        return exitCode;
    }

    private LogSearch search(List<Path> files, boolean count) {
        try {
            List<Pattern> patterns = wanted.patterns();
            VectorRestart.ifWorthIt(patterns, () -> NamedFile.totalBytes(files));
            List<Rule> rules = new ArrayList<>();
            for (Pattern pattern : patterns) {
                // Records that are only counted need not be copied.
                rules.add(new Rule("pattern-" + (rules.size() + 1), pattern, !count, Optional.empty()));
            }
            LogSearch search = limits.search(rules).countingMatchesOnly();
            StartTrace.phase("patterns");
            return search;
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), e);
        }
    }

    private void scanAll(LogSearch search, List<Path> files, boolean count, RecordOutput output) throws IOException {
        for (Path file : files) {
            byte[] prefix = files.size() > 1
                    ? (NativePath.printable(file) + ":").getBytes(StandardCharsets.UTF_8)
                    : new byte[0];
            try {
                NamedFile.requireReadable(file);
                StartTrace.phase("file");
                scan(search, file, prefix, count, output);
            } catch (RecordOutput.OutputLost e) {
                throw e;
            } catch (IOException | UserError e) {
                Failure failure = Failure.of(e);
                System.err.println(failure.message());
                exitCode = Math.max(exitCode, failure.exitCode());
            }
        }
        output.flush();
    }

    /** Of a file that is damaged, what comes before that is printed or counted, too. */
    private void scan(LogSearch search, Path file, byte[] prefix, boolean count, RecordOutput output)
            throws IOException {
        ScanTally[] found = {ScanTally.ZERO};
        try {
            search.search(file, window -> {
                StartTrace.phase("first window");
                found[0] = found[0].plus(window.tally());
                doneBytes.add(window.tally().bytes());
                matchedRecords.add(window.tally().matchedRecords());
                if (!count) {
                    print(window.matches(), prefix, output);
                }
            });
        } finally {
            headsOnly += found[0].oversizedRecords();
            if (count) {
                output.write(prefix);
                output.write((found[0].matchedRecords() + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** Each record once, however many patterns match it. */
    private static void print(MatchBatch matches, byte[] prefix, RecordOutput output) throws IOException {
        long lastOffset = -1;
        for (int match = 0; match < matches.size(); match++) {
            if (matches.recordOffset(match) != lastOffset) {
                lastOffset = matches.recordOffset(match);
                output.write(prefix);
                output.write(matches.array(), matches.start(match), matches.length(match));
                output.write('\n');
            }
        }
    }

    private Supplier<Progress> progressOf(long totalBytes) {
        return () -> new Progress(doneBytes.sum(), totalBytes, matchedRecords.sum());
    }
}
