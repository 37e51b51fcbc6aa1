package io.pickaroon.connectors.kafka.claim;

import java.time.Duration;
import java.time.Instant;

/** The age of an instant as text, in one unit. */
public final class Age {
    private static final long SECONDS_SHOWN = 120;
    private static final long MINUTES_SHOWN = 120;
    private static final long HOURS_SHOWN = 48;

    private Age() {}

    /** Such as {@code 3 h ago}; an instant in the future is {@code just now}. */
    public static String of(Instant instant, Instant now) {
        Duration age = Duration.between(instant, now);
        if (age.toSeconds() <= 0) {
            return "just now";
        }
        if (age.toSeconds() < SECONDS_SHOWN) {
            return age.toSeconds() + " s ago";
        }
        if (age.toMinutes() < MINUTES_SHOWN) {
            return age.toMinutes() + " min ago";
        }
        return age.toHours() < HOURS_SHOWN ? age.toHours() + " h ago" : age.toDays() + " days ago";
    }
}
