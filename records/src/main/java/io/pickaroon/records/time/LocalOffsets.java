package io.pickaroon.records.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * What a clock's time in a zone is in UTC. It remembers for how long the offset that it found last is the only one, so that
 * logs, whose times are near each other, are read without looking into the zone's rules. Not thread-safe.
 */
final class LocalOffsets {
    /** The clock never showed this time. */
    static final int NONE = Integer.MIN_VALUE;

    private final ZoneRules rules;
    private int offsetSeconds;
    /** From here to before the end, in seconds of the clock since 1970, the offset is the only one. */
    private long validFrom = Long.MAX_VALUE;

    private long validTo = Long.MIN_VALUE;

    LocalOffsets(ZoneId zone) {
        this.rules = zone.getRules();
        if (rules.isFixedOffset()) {
            offsetSeconds = rules.getOffset(Instant.EPOCH).getTotalSeconds();
            validFrom = Long.MIN_VALUE;
            validTo = Long.MAX_VALUE;
        }
    }

    /**
     * How far the clock is ahead of UTC when it shows a time, in seconds; {@link #NONE} when it skips that time. When it shows
     * it twice, the offset is that of the first.
     *
     * @param localSeconds from the beginning of 1970 as the same clock showed it
     */
    int at(long localSeconds) {
        return localSeconds >= validFrom && localSeconds < validTo ? offsetSeconds : find(localSeconds);
    }

    private int find(long localSeconds) {
        LocalDateTime local = LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC);
        List<ZoneOffset> valid = rules.getValidOffsets(local);
        if (valid.isEmpty()) {
            return NONE;
        }
        ZoneOffset earlier = valid.getFirst();
        if (valid.size() > 1) {
            return earlier.getTotalSeconds();
        }
        Instant instant = local.toInstant(earlier);
        offsetSeconds = earlier.getTotalSeconds();
        // The transition at this instant counts as one before it.
        ZoneOffsetTransition before = rules.previousTransition(instant.plusSeconds(1));
        ZoneOffsetTransition after = rules.nextTransition(instant);
        validFrom = before == null ? Long.MIN_VALUE : Math.max(lastBefore(before), firstAfter(before));
        validTo = after == null ? Long.MAX_VALUE : Math.min(lastBefore(after), firstAfter(after));
        return offsetSeconds;
    }

    private static long lastBefore(ZoneOffsetTransition transition) {
        return transition.getDateTimeBefore().toEpochSecond(ZoneOffset.UTC);
    }

    private static long firstAfter(ZoneOffsetTransition transition) {
        return transition.getDateTimeAfter().toEpochSecond(ZoneOffset.UTC);
    }
}
