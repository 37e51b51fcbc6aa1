package io.pickaroon.app.search;

import io.pickaroon.app.error.UserError;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.processor.time.TimeRange;
import java.time.Instant;
import java.util.Optional;

/** What a range of time needs of the inputs of a configuration, and what is taken for granted of them. Stateless. */
public final class InputTimes {
    private InputTimes() {}

    /**
     * Checks that each input says how its records tell their time.
     *
     * @throws UserError if one does not, and a range is given
     */
    public static void require(Optional<TimeRange> range, Settings settings) {
        if (range.isPresent()) {
            settings.inputs().stream()
                    .filter(input -> input.origin().time().isEmpty())
                    .map(InputSettings::id)
                    .findFirst()
                    .ifPresent(input -> {
                        throw new UserError(
                                "--since and --until need to know how records tell their time: add 'time' to"
                                        + " input " + input + ", such as 'time: { format: iso8601 }'");
                    });
        }
    }

    /** The range in words that go behind what is done with the records: empty if it is none. */
    public static String words(Optional<TimeRange> range) {
        return range.map(given -> " with the records"
                        + (given.sinceMillis() == Long.MIN_VALUE
                                ? ""
                                : " from " + Instant.ofEpochMilli(given.sinceMillis()) + " on")
                        + (given.untilMillis() == Long.MAX_VALUE
                                ? ""
                                : " before " + Instant.ofEpochMilli(given.untilMillis()))
                        + " alone")
                .orElse("");
    }

    /** Says what was not read. */
    public static void sayWhatIsTrusted(Optional<TimeRange> range) {
        if (range.filter(given -> !given.exact()).isPresent()) {
            System.err.println(
                    "pickaroon: only the parts of files with records of that time were read: what lies between the"
                        + " places that were looked at is trusted to be in order of time, but for 'timeSlack'; --exact"
                        + " reads all");
        }
    }
}
