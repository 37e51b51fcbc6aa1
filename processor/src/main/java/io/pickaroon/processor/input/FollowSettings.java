package io.pickaroon.processor.input;

import java.time.Duration;

/**
 * How a run follows files.
 *
 * @param lookInterval how often names and sizes of all files are looked at, whether or not the kernel reports a change
 * @param quietTime how long a file that was rotated or deleted must not grow until a record without an end counts as
 *     complete, and a deleted file as done
 * @param closeAfter how long a file that does not grow is kept open
 * @param forgetAfter how long the checkpoint remembers a file that is nowhere to be found
 */
public record FollowSettings(Duration lookInterval, Duration quietTime, Duration closeAfter, Duration forgetAfter) {
    /** What is used unless a setting says otherwise. */
    public static final FollowSettings STANDARD = new FollowSettings(
            Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofDays(7));
}
