package io.pickaroon.inputs.rules;

import io.pickaroon.config.settings.TimeSettings;
import io.pickaroon.processor.time.RegexTimeFormat;
import io.pickaroon.processor.time.TimeFormat;
import io.pickaroon.records.time.RecordTime;
import java.time.Duration;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import java.util.function.Supplier;

/** How the times of records are read, for the engine. */
public final class TimeFormats {
    private TimeFormats() {}

    /**
     * Times that go by a name, see {@link RecordTime}.
     *
     * @param zone of times that do not say theirs
     * @throws IllegalArgumentException if there is no such name
     */
    public static TimeFormat named(String name, ZoneId zone) {
        return of(() -> RecordTime.named(name, zone), zone);
    }

    /**
     * Times that an expression finds.
     *
     * @param expression its only group is the text of the time
     * @param format how that is written; empty: as any of the {@link RecordTime#NAMES}
     * @throws IllegalArgumentException if one of them is invalid; the message says why
     */
    public static TimeFormat found(String expression, Optional<String> format, ZoneId zone) {
        return new RegexTimeFormat(
                expression,
                of(
                        () -> format.map(its -> RecordTime.ofFormat(its, zone))
                                .orElseGet(() -> RecordTime.ofAnyName(zone)),
                        zone));
    }

    /** Times as an input has them. */
    static TimeFormat of(TimeSettings time) {
        return time.regex()
                .map(expression -> found(expression, time.format(), time.zone()))
                .orElseGet(() -> named(time.format().orElseThrow(), time.zone()));
    }

    private static TimeFormat of(Supplier<RecordTime> newTime, ZoneId zone) {
        boolean mayLackYear = newTime.get().mayLackYear();
        long repeatedMillis = repeated(zone.getRules()).toMillis();
        return new TimeFormat() {
            @Override
            public boolean mayLackYear() {
                return mayLackYear;
            }

            @Override
            public long repeatedMillis() {
                return repeatedMillis;
            }

            @Override
            public Reader open() {
                return newTime.get()::read;
            }
        };
    }

    /** The most by which the clock was ever set back. */
    private static Duration repeated(ZoneRules rules) {
        Duration byRule = rules.getTransitionRules().stream()
                .map(rule -> rule.getOffsetBefore().getTotalSeconds()
                        - rule.getOffsetAfter().getTotalSeconds())
                .map(Duration::ofSeconds)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return rules.getTransitions().stream()
                .map(ZoneOffsetTransition::getDuration)
                .map(Duration::negated)
                .filter(back -> back.compareTo(Duration.ofHours(2)) <= 0)
                .reduce(byRule, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }
}
