package io.pickaroon.processor.time;

/**
 * A range of time.
 *
 * @param sinceMillis the first millisecond of it, since 1970; {@link Long#MIN_VALUE}: it has no beginning
 * @param untilMillis exclusive end; {@link Long#MAX_VALUE}: it has no end
 * @param slackMillis how much earlier than one before it in the file a record may be, at least 0. Where records of the range can be
 *     in a file is found by a search that reads little of it
 * @param exact whether instead all of a file is read, in whatever order its records are
 */
public record TimeRange(long sinceMillis, long untilMillis, long slackMillis, boolean exact) {
    /** The slack where none is said. */
    public static final long SLACK_MILLIS = 60_000;

    public TimeRange {
        if (sinceMillis >= untilMillis) {
            throw new IllegalArgumentException("the range ends before it begins");
        }
        if (slackMillis < 0) {
            throw new IllegalArgumentException("slackMillis %d is negative".formatted(slackMillis));
        }
    }

    /** True if a time is in the range; {@link TimeFormat#NONE} never is. */
    public boolean contains(long millis) {
        return millis != TimeFormat.NONE && millis >= sinceMillis && millis < untilMillis;
    }
}
