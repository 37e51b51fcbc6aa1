package io.pickaroon.app.command;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.value.Numbers;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration from the command line, written as in a configuration: {@code 500ms}, {@code 10s}, {@code 5m}. */
public final class DurationText implements ITypeConverter<Duration> {
    private final Duration minimum;
    private final Duration maximum;

    /** Takes durations within these bounds, both included. */
    public DurationText(Duration minimum, Duration maximum) {
        this.minimum = minimum;
        this.maximum = maximum;
    }

    @Override
    public Duration convert(String text) {
        try {
            return Numbers.duration(minimum, maximum).parser().parse(text.strip());
        } catch (Mismatch mismatch) {
            throw new TypeConversionException(mismatch.getMessage()
                    + mismatch.suggestion().map(hint -> "; " + hint).orElse(""));
        }
    }
}
