package io.pickaroon.app;

import io.pickaroon.app.search.FileSearch;
import io.pickaroon.app.search.FileSearch.MatchedRecords;
import io.pickaroon.app.terminal.Progress;
import io.pickaroon.app.terminal.ProgressDisplay;
import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.app.terminal.Terminal;
import io.pickaroon.app.terminal.UserError;
import io.pickaroon.processor.scan.ScanTally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Looks through the files that were named, prints what was found, and goes on when one of them cannot be read. */
final class ScanRun {
    private final Terminal terminal;
    private final FileSearch.Wanted wanted;
    private final FileSearch.Limits limits;
    private final boolean progressBar;
    private int exitCode = ExitCode.DONE;
    private long headsOnly;

    ScanRun(Terminal terminal, FileSearch.Wanted wanted, FileSearch.Limits limits, boolean progressBar) {
        this.terminal = terminal;
        this.wanted = wanted;
        this.limits = limits;
        this.progressBar = progressBar;
    }

    /** Returns the exit code. */
    int run(List<Path> files, boolean count) throws IOException {
        try (FileSearch search = search();
                RecordOutput output = new RecordOutput(terminal.output())) {
            if (count && progressBar) {
                try (ProgressDisplay _ = new ProgressDisplay(terminal, progressOf(search, totalBytes(files)))) {
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
                    "pickaroon: records longer than %s: %s; only their heads were looked at, --max-record-bytes changes the limit"
                            .formatted(Quantities.bytes(limits.maxRecordBytes()), Quantities.count(headsOnly)));
        }
        return exitCode;
    }

    private FileSearch search() {
        try {
            return new FileSearch(wanted, limits);
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), e);
        }
    }

    private void scanAll(FileSearch search, List<Path> files, boolean count, RecordOutput output) throws IOException {
        for (Path file : files) {
            byte[] prefix = files.size() > 1 ? (file + ":").getBytes(StandardCharsets.UTF_8) : new byte[0];
            MatchedRecords records = count
                    ? FileSearch.NOT_WANTED
                    : (bytes, from, length) -> {
                        output.write(prefix);
                        output.write(bytes, from, length);
                        output.write('\n');
                    };
            try {
                requireReadable(file);
                ScanTally tally = search.search(file, records);
                headsOnly += tally.oversizedRecords();
                if (count) {
                    output.write(prefix);
                    output.write((tally.matchedRecords() + "\n").getBytes(StandardCharsets.US_ASCII));
                }
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

    private static void requireReadable(Path file) {
        if (Files.isDirectory(file)) {
            throw new UserError(file + ": is a directory; name the files in it, for example " + file + "/*.log");
        }
        if (!Files.exists(file)) {
            throw new UserError(file + ": no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new UserError(file + ": is no regular file; pipes and devices cannot be mapped");
        }
        if (!Files.isReadable(file)) {
            throw new UserError(file + ": permission denied");
        }
    }

    private static Supplier<Progress> progressOf(FileSearch search, long totalBytes) {
        return () -> new Progress(search.doneBytes(), totalBytes, search.matchedRecords());
    }

    private static long totalBytes(List<Path> files) {
        return files.stream().mapToLong(file -> file.toFile().length()).sum();
    }
}
