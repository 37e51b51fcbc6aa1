package io.pickaroon.app.error;

/**
 * What is wrong in a file that the user wrote. Each line of the message begins with the file, and the place in it where
 * that is known, as compilers do it, so that editors understand it.
 */
public final class MistakesInFile extends UserError {
    public MistakesInFile(String message) {
        super(message);
    }

    public MistakesInFile(String message, Throwable cause) {
        super(message, cause);
    }
}
