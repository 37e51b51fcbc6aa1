package io.pickaroon.processor.input;

import java.time.Duration;

/**
 * How a run follows files.
 *
 * @param lookInterval how often names and sizes of all files are scanned, in addition to the changes that the kernel
 *     reports
 * @param quietTime how long a file that was rotated or deleted must not grow until a record without an end counts as
 *     complete, and a deleted file as done
 * @param closeAfter how long a file that does not grow is kept open
 * @param forgetAfter how long the checkpoint remembers a file to which no name leads
 * @param drain how long a stop reads what open files hold that are deleted
 */
public record FollowSettings(
        Duration lookInterval, Duration quietTime, Duration closeAfter, Duration forgetAfter, Duration drain) {
    /** What is used unless a setting says otherwise. */
    public static final FollowSettings STANDARD = new FollowSettings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofDays(7),
            Duration.ofSeconds(4));

    /** With the usual time for a stop. */
    public FollowSettings(Duration lookInterval, Duration quietTime, Duration closeAfter, Duration forgetAfter) {
        this(lookInterval, quietTime, closeAfter, forgetAfter, STANDARD.drain());
    }
}
