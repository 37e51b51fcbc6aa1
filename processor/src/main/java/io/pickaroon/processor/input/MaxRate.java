package io.pickaroon.processor.input;

import java.util.concurrent.TimeUnit;

/**
 * How fast the files of an input are read, all together. What counts are the bytes that are read to be emitted: of an archive,
 * and of text in UTF-16, those that it is decoded to; what is read again after an outage counts again. Bytes that are read only
 * to fix what is delivered already do not count.
 *
 * <p>Files are read in stretches, and only the start of a stretch waits: what is read is delivered at full speed, because a
 * transaction may wait for it. A stretch begins when all before it is paid for, so the debt is never more than one.
 *
 * @param bytesPerSecond at least 1
 * @param stretchBytes the longest stretch, at least 1
 */
public record MaxRate(long bytesPerSecond, long stretchBytes) {
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    /** A stretch is so much of what a second allows: a poll takes place several times in a second. */
    private static final int STRETCHES_PER_SECOND = 4;
    /** Shorter stretches cost more than they smooth. */
    private static final long LEAST_STRETCH_BYTES = 64 << 10;
    /** Where that would be a long time, stretches are shorter, so that something is delivered again and again. */
    private static final int LONGEST_STRETCH_SECONDS = 4;

    public MaxRate {
        if (bytesPerSecond < 1 || stretchBytes < 1) {
            throw new IllegalArgumentException("bytesPerSecond and stretchBytes must be at least 1");
        }
    }

    /**
     * Stretches of a quarter of a second; where that is less than 64 KiB, of 64 KiB, but of four seconds at most.
     *
     * @param bytesPerSecond at least 1, and at most what fits into a {@code long} four times
     */
    public static MaxRate of(long bytesPerSecond) {
        long least = Math.min(LEAST_STRETCH_BYTES, LONGEST_STRETCH_SECONDS * bytesPerSecond);
        return new MaxRate(bytesPerSecond, Math.max(least, bytesPerSecond / STRETCHES_PER_SECOND));
    }

    /**
     * How much may be read at once after a time in which nothing was read: what a second allows, or a stretch if that is
     * more.
     */
    public long burstBytes() {
        return Math.max(bytesPerSecond, stretchBytes);
    }

    /** In how many nanoseconds so many bytes may be read. */
    public long nanosOf(long bytes) {
        double rest = (double) (bytes % bytesPerSecond) * NANOS_PER_SECOND / bytesPerSecond;
        return bytes / bytesPerSecond * NANOS_PER_SECOND + Math.round(rest);
    }
}
