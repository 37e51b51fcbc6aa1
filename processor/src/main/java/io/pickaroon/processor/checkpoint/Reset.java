package io.pickaroon.processor.checkpoint;

/**
 * How often a log file was reset, which has it read again.
 *
 * @param number how often it was reset; of this and a destination's position the one with the higher number counts. At
 *     least 0
 * @param isPending the file was reset and no destination has been told: its positions there do not count
 */
public record Reset(int number, boolean isPending) {
    /** A file that was never reset. */
    public static final Reset NEVER = new Reset(0, false);

    public Reset {
        if (number < 0) {
            throw new IllegalArgumentException("resets " + number + " is negative");
        }
    }
}
