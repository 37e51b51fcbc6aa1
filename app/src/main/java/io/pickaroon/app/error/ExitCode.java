package io.pickaroon.app.error;

/**
 * What the program tells its caller when it ends. A signal adds 128 to its number: 130, 143. A heap that is too small ends
 * it with 3, which is the JVM's own choice (-XX:+ExitOnOutOfMemoryError).
 */
public final class ExitCode {
    public static final int DONE = 0;
    /** Something went wrong while doing what was asked. */
    public static final int FAILED = 1;
    /** What the user wrote cannot be done: an option, a file name, a setting. */
    public static final int USER_ERROR = 2;
    /** A person has to decide how it goes on; nothing was read or sent. */
    static final int UNDECIDED = 4;
    /** Nothing is wrong as far as it can be proven, but not all of it can. */
    public static final int UNPROVEN = 5;

    private ExitCode() {}
}
