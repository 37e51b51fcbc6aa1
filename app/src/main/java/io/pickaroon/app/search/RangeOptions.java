package io.pickaroon.app.search;

import static io.pickaroon.app.command.CommandModel.names;

import io.pickaroon.app.command.CommandModel;
import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.value.PointInTime;
import io.pickaroon.processor.time.TimeRange;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Options that say of which time records are meant. */
public final class RangeOptions {
    private final CommandModel command;
    private final Supplier<String> since;
    private final Supplier<String> until;
    private final Supplier<Boolean> exact;

    public RangeOptions(CommandModel command) {
        this.command = command;
        since = command.option(names("--since")
                .type(String.class)
                .paramLabel("TIME")
                .description("Only records of this time or later: ISO 8601, such as 2026-11-29T08:05, or '10m ago'."));
        until = command.option(names("--until")
                .type(String.class)
                .paramLabel("TIME")
                .description("Only records of an earlier time than this."));
        exact = command.flag(
                "Read all of each file for --since and --until. Otherwise the place is searched for, and the records"
                        + " are taken to be in order.",
                "--exact");
    }

    /** True if only records of some time are meant. */
    public boolean isGiven() {
        return since.get() != null || until.get() != null;
    }

    /** The range, if one was given, without slack; times that do not say their zone are of this machine's. */
    public Optional<TimeRange> given() {
        TimeRange range = range(ZoneId.systemDefault(), 0, false);
        return isGiven() ? Optional.of(range) : Optional.empty();
    }

    /**
     * The range; all of time if none was given.
     *
     * @param zone of times that do not say theirs
     * @param readsAll whether all of each file is read in any case
     */
    public TimeRange range(ZoneId zone, long slackMillis, boolean readsAll) {
        if (exact.get() && !isGiven()) {
            throw command.mistake("--exact goes with --since or --until");
        }
        Instant now = Instant.now();
        long from = millis("--since", since.get(), zone, now, Long.MIN_VALUE);
        long to = millis("--until", until.get(), zone, now, Long.MAX_VALUE);
        if (from >= to) {
            throw command.mistake("--since %s is not before --until %s".formatted(since.get(), until.get()));
        }
        return new TimeRange(from, to, slackMillis, readsAll || exact.get());
    }

    private long millis(String option, String text, ZoneId zone, Instant now, long other) {
        if (text == null) {
            return other;
        }
        try {
            return PointInTime.parse(text).instant(zone, now).toEpochMilli();
        } catch (Mismatch mismatch) {
            throw command.mistake(
                    Stream.concat(Stream.of(option + ": " + mismatch.getMessage()), mismatch.suggestion().stream())
                            .reduce((message, hint) -> message + "; " + hint)
                            .orElseThrow());
        }
    }
}
