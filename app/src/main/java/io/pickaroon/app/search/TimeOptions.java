package io.pickaroon.app.search;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.app.command.DurationText;
import io.pickaroon.inputs.rules.TimeFormats;
import io.pickaroon.processor.time.TimeFormat;
import io.pickaroon.processor.time.TimeRange;
import io.pickaroon.processor.time.TimedRecords;
import io.pickaroon.records.time.RecordTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;

/** Options that say of which time records are meant, and how the time of a record is written. */
public final class TimeOptions {
    private static final Duration LONGEST_SLACK = Duration.ofDays(365);

    private final CommandModel command;
    private final RangeOptions range;
    private final Supplier<String> time;
    private final Supplier<String> format;
    private final Supplier<String> zone;
    private final Supplier<Duration> slack;

    public TimeOptions(CommandModel command) {
        this.command = command;
        range = new RangeOptions(command);
        time = command.option(names("--time")
                .type(String.class)
                .paramLabel("NAME|REGEX")
                .description(
                        "How records tell their time, for --since and --until: " + String.join(", ", RecordTime.NAMES)
                                + "; or a regular expression whose only group is the time."));
        format = command.option(names("--time-format")
                .type(String.class)
                .paramLabel("FORMAT")
                .description("How the text in that group is written, if it is none of the names: a pattern of Java, or"
                        + " epochSeconds, epochMillis."));
        zone = command.option(names("--zone")
                .type(String.class)
                .paramLabel("ZONE")
                .description("Zone of times that do not say theirs, such as UTC or Europe/Berlin. Default: this"
                        + " machine's."));
        slack = command.option(names("--time-slack")
                .type(Duration.class)
                .converters(new DurationText(Duration.ZERO, LONGEST_SLACK))
                .paramLabel("DURATION")
                .defaultValue("1m")
                .description(
                        "How much earlier a record may be than one before it in its file. Default: ${DEFAULT-VALUE}."));
    }

    /** True if only records of some time are meant. */
    public boolean isGiven() {
        return range.isGiven();
    }

    /**
     * The records that are meant; empty if those of any time are.
     *
     * @param readsAll whether all of each file is read in any case
     */
    public Optional<TimedRecords> records(boolean readsAll) {
        if (!isGiven()) {
            if (time.get() != null || format.get() != null) {
                throw command.mistake("--time and --time-format go with --since or --until");
            }
            range.range(ZoneId.systemDefault(), 0, false);
            return Optional.empty();
        }
        if (time.get() == null) {
            throw command.mistake("--since and --until need --time: how records tell their time, one of "
                    + String.join(", ", RecordTime.NAMES) + ", or a regular expression with a group");
        }
        ZoneId its = zone();
        return Optional.of(
                new TimedRecords(format(its), range.range(its, slack.get().toMillis(), readsAll)));
    }

    /** True if it is said here how records tell their time. */
    public boolean isFormatGiven() {
        return time.get() != null;
    }

    /** The range alone, if one was given, without slack: of records that tell their time as a configuration says. */
    public Optional<TimeRange> rangeAlone() {
        if (format.get() != null) {
            throw command.mistake("--time-format goes with --time REGEX");
        }
        TimeRange given = range.range(zone(), 0, false);
        return isGiven() ? Optional.of(given) : Optional.empty();
    }

    private ZoneId zone() {
        try {
            return zone.get() == null ? ZoneId.systemDefault() : ZoneId.of(zone.get());
        } catch (DateTimeException e) {
            throw command.mistake("--zone: '" + zone.get() + "' is no zone; write one such as UTC or Europe/Berlin");
        }
    }

    private TimeFormat format(ZoneId its) {
        boolean isExpression = time.get().contains("(");
        if (!isExpression && format.get() != null) {
            throw command.mistake("--time-format goes with --time REGEX");
        }
        try {
            return isExpression
                    ? TimeFormats.found(time.get(), Optional.ofNullable(format.get()), its)
                    : TimeFormats.named(time.get(), its);
        } catch (IllegalArgumentException e) {
            throw command.mistake("--time: " + e.getMessage());
        }
    }
}
