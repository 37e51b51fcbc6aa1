package io.pickaroon.app.search;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.command.ByteSize;
import io.pickaroon.app.command.CommandModel;
import io.pickaroon.processor.LogSearch;
import java.util.function.Supplier;
import picocli.CommandLine.ParameterException;

/** How a command reads files, and how much memory that may take. */
public final class ReadingOptions {
    private static final int SMALLEST_WINDOW_BYTES = 4096;
    private static final int LARGEST_WINDOW_BYTES = 1 << 30;
    private static final int LARGEST_RECORD_BYTES = 256 << 20;
    private static final int MOST_THREADS = 1024;

    private final CommandModel command;
    private final Supplier<Long> windowBytes;
    private final Supplier<Long> maxRecordBytes;
    private final Supplier<Integer> threads;

    public ReadingOptions(CommandModel command) {
        this.command = command;
        windowBytes = command.option(names("--window-bytes")
                .type(long.class)
                .converters(new ByteSize())
                .paramLabel("SIZE")
                .defaultValue((LogSearch.WINDOW_BYTES >> 20) + "MiB")
                .description("How much of a file is mapped at a time, 4KiB to 1GiB. Default: ${DEFAULT-VALUE}."));
        maxRecordBytes = command.option(names("--max-record-bytes")
                .type(long.class)
                .converters(new ByteSize())
                .paramLabel("SIZE")
                .defaultValue((LogSearch.MAX_RECORD_BYTES >> 20) + "MiB")
                .description("Only this much of a longer record is scanned. Default: ${DEFAULT-VALUE}."));
        threads = command.option(names("--threads")
                .type(int.class)
                .paramLabel("N")
                .initialValue(Runtime.getRuntime().availableProcessors())
                .description("How many windows are scanned at the same time. Default: the number of processors."));
    }

    /**
     * The limits that were given.
     *
     * @throws ParameterException if one of them is out of its range
     */
    public ReadingLimits limits() {
        requireRange("--window-bytes", windowBytes.get(), SMALLEST_WINDOW_BYTES, LARGEST_WINDOW_BYTES);
        requireRange("--max-record-bytes", maxRecordBytes.get(), 1, LARGEST_RECORD_BYTES);
        requireRange("--threads", threads.get(), 1, MOST_THREADS);
        return new ReadingLimits(
                windowBytes.get().intValue(), maxRecordBytes.get().intValue(), threads.get());
    }

    private void requireRange(String option, long value, long lowest, long highest) {
        if (value < lowest || value > highest) {
            throw command.mistake("%s must lie between %d and %d, but is %d".formatted(option, lowest, highest, value));
        }
    }
}
