package io.pickaroon.app;

/** The user asked for something that cannot be done. The message says what, where, and what to do instead. */
final class UserError extends RuntimeException {
    UserError(String message) {
        super(message);
    }

    UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
