package io.pickaroon.processor.file;

/**
 * What a position in a container log says of each stream: the lines of several streams stand in turns in it, so a record that is
 * done may have lines behind the position.
 *
 * @param stdoutDone lines of this stream that start before this offset belong to records that are done; 0 if there are none
 *     behind the position
 * @param stderrDone the same for the other stream
 * @param stdoutIsCut whether the next line of this stream goes on with a message whose beginning was a record of its own
 * @param stderrIsCut the same for the other stream
 */
public record StreamPlaces(long stdoutDone, long stderrDone, boolean stdoutIsCut, boolean stderrIsCut) {
    /** Number of a stream. */
    public static final int STDOUT = 0;
    /** Number of a stream. */
    public static final int STDERR = 1;
    /** There is nothing to say, as in every file that is no container log. */
    public static final StreamPlaces NONE = new StreamPlaces(0, 0, false, false);

    private static final int FLAG_STDOUT = 1;
    private static final int FLAG_STDERR = 2;

    public StreamPlaces {
        if (stdoutDone < 0 || stderrDone < 0) {
            throw new IllegalArgumentException(
                    "offsets %d and %d must not be negative".formatted(stdoutDone, stderrDone));
        }
    }

    /** The same from two numbers. */
    public static StreamPlaces of(long stdoutDone, long stderrDone, int cuts) {
        if ((cuts & ~(FLAG_STDOUT | FLAG_STDERR)) != 0) {
            throw new IllegalArgumentException("unknown flags " + cuts);
        }
        return new StreamPlaces(stdoutDone, stderrDone, (cuts & FLAG_STDOUT) != 0, (cuts & FLAG_STDERR) != 0);
    }

    /** Which streams are cut, as a number from 0 to 3. */
    public int cuts() {
        return (stdoutIsCut ? FLAG_STDOUT : 0) | (stderrIsCut ? FLAG_STDERR : 0);
    }

    /** True if there is nothing to say. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** Up to here lines of records that are done may reach. */
    long lastDone() {
        return Math.max(stdoutDone, stderrDone);
    }

    /** The same for a position at an offset, to which only lines behind it are of interest. */
    StreamPlaces behind(long offset) {
        return stdoutDone != 0 && stdoutDone <= offset || stderrDone != 0 && stderrDone <= offset
                ? new StreamPlaces(
                        stdoutDone > offset ? stdoutDone : 0,
                        stderrDone > offset ? stderrDone : 0,
                        stdoutIsCut,
                        stderrIsCut)
                : this;
    }
}
