package io.pickaroon.app;

import io.pickaroon.app.search.FileSearch;
import io.pickaroon.app.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pickaroon scan}: looks only, like grep, with the engine. */
@Command(
        name = "scan",
        description = {
            "Prints the records of files that match, or counts them. Changes nothing, needs no configuration.",
            "",
            "Ends with 0 when it has read everything, whether or not something matched; with 1 if a file could not be"
                    + " read to its end; with 2 for a mistake in what was asked for."
        },
        footer = {
            "",
            "Examples:",
            "  pickaroon scan app.log -e ERROR",
            "  pickaroon scan --count *.log -e ERROR -e 'timeout after [0-9]+ ms'",
            "  pickaroon scan app.log -i -F 'out of memory (heap)' | head"
        })
final class ScanCommand implements Callable<Integer> {
    private static final int SMALLEST_WINDOW_BYTES = 4096;
    private static final int LARGEST_WINDOW_BYTES = 1 << 30;
    private static final int LARGEST_RECORD_BYTES = 256 << 20;
    private static final int MOST_THREADS = 1024;

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files to read.")
    private List<Path> files;

    @Option(
            names = {"-e", "--regexp"},
            paramLabel = "PATTERN",
            description = "Match records in which this regular expression (RE2 syntax) is found. Several may be given.")
    private List<String> expressions = List.of();

    @Option(
            names = {"-F", "--literal"},
            paramLabel = "TEXT",
            description = "Match records that contain this text as it stands. Several may be given.")
    private List<String> literals = List.of();

    @Option(
            names = {"-i", "--ignore-case"},
            description = "Match ASCII letters in either case.")
    private boolean ignoreCase;

    @Option(
            names = {"-c", "--count"},
            description = "Print how many records match instead of the records.")
    private boolean count;

    @Option(
            names = "--window-bytes",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            defaultValue = "16MiB",
            description = "How much of a file is mapped at a time, 4KiB to 1GiB. Default: ${DEFAULT-VALUE}.")
    private long windowBytes;

    @Option(
            names = "--max-record-bytes",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            defaultValue = "1MiB",
            description = "Only this much of a longer record is looked at and printed. Default: ${DEFAULT-VALUE}.")
    private long maxRecordBytes;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many windows are scanned at the same time. Default: the number of processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    private OutputOptions outputOptions;

    @Mixin
    private CommonOptions common;

    @Spec
    private CommandSpec spec;

    ScanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        require(!expressions.isEmpty() || !literals.isEmpty(), "say what to look for with -e PATTERN or -F TEXT");
        requireRange("--window-bytes", windowBytes, SMALLEST_WINDOW_BYTES, LARGEST_WINDOW_BYTES);
        requireRange("--max-record-bytes", maxRecordBytes, 1, LARGEST_RECORD_BYTES);
        requireRange("--threads", threads, 1, MOST_THREADS);
        return new ScanRun(
                        terminal,
                        new FileSearch.Wanted(expressions, literals, ignoreCase),
                        new FileSearch.Limits((int) windowBytes, (int) maxRecordBytes, threads),
                        outputOptions.progressBar(terminal))
                .run(files, count);
    }

    private void requireRange(String option, long value, long lowest, long highest) {
        require(
                lowest <= value && value <= highest,
                "%s must lie between %d and %d, but is %d".formatted(option, lowest, highest, value));
    }

    private void require(boolean fulfilled, String message) {
        if (!fulfilled) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
