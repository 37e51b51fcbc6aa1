package io.pickaroon.app.search;

import io.pickaroon.app.command.ByteSize;
import io.pickaroon.processor.LogSearch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a command reads files, and how much memory that may take. */
public final class ReadingOptions {
    private static final int SMALLEST_WINDOW_BYTES = 4096;
    private static final int LARGEST_WINDOW_BYTES = 1 << 30;
    private static final int LARGEST_RECORD_BYTES = 256 << 20;
    private static final int MOST_THREADS = 1024;

    @Option(
            names = "--window-bytes",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            defaultValue = (LogSearch.WINDOW_BYTES >> 20) + "MiB",
            description = "How much of a file is mapped at a time, 4KiB to 1GiB. Default: ${DEFAULT-VALUE}.")
    private long windowBytes;

    @Option(
            names = "--max-record-bytes",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            defaultValue = (LogSearch.MAX_RECORD_BYTES >> 20) + "MiB",
            description = "Only this much of a longer record is scanned. Default: ${DEFAULT-VALUE}.")
    private long maxRecordBytes;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many windows are scanned at the same time. Default: the number of processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /**
     * The limits that were given.
     *
     * @throws ParameterException if one of them is out of its range
     */
    public ReadingLimits limits() {
        requireRange("--window-bytes", windowBytes, SMALLEST_WINDOW_BYTES, LARGEST_WINDOW_BYTES);
        requireRange("--max-record-bytes", maxRecordBytes, 1, LARGEST_RECORD_BYTES);
        requireRange("--threads", threads, 1, MOST_THREADS);
        return new ReadingLimits((int) windowBytes, (int) maxRecordBytes, threads);
    }

    private void requireRange(String option, long value, long lowest, long highest) {
        if (value < lowest || value > highest) {
            throw new ParameterException(
                    command.commandLine(),
                    "%s must lie between %d and %d, but is %d".formatted(option, lowest, highest, value));
        }
    }
}
