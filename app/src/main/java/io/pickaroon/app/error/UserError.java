package io.pickaroon.app.error;

/** The user asked for something that cannot be done. The message says what, where, and what to do instead. */
public sealed class UserError extends RuntimeException permits MistakesInFile {
    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
