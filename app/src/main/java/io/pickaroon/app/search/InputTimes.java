package io.pickaroon.app.search;

import io.pickaroon.app.error.UserError;
import io.pickaroon.config.settings.InputSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.processor.time.TimeRange;
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
