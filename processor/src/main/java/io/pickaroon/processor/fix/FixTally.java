package io.pickaroon.processor.fix;

/**
 * Counts the fixes that were made, and those that were not made, by reason.
 *
 * @param edits runs of bytes that were changed
 * @param bytes bytes that were changed
 * @param alreadyDone edits whose new bytes stood there already
 * @param changedMeanwhile edits whose bytes were no longer what had matched
 * @param overlapping matches of which an earlier rule changes some bytes
 * @param protectedHead matches in the protected head of the file
 * @param otherLength matches for which the replacement has another length
 */
public record FixTally(
        long edits,
        long bytes,
        long alreadyDone,
        long changedMeanwhile,
        long overlapping,
        long protectedHead,
        long otherLength) {
    public static final FixTally ZERO = new FixTally(0, 0, 0, 0, 0, 0, 0);

    public FixTally plus(FixTally other) {
        return new FixTally(
                edits + other.edits,
                bytes + other.bytes,
                alreadyDone + other.alreadyDone,
                changedMeanwhile + other.changedMeanwhile,
                overlapping + other.overlapping,
                protectedHead + other.protectedHead,
                otherLength + other.otherLength);
    }
}
