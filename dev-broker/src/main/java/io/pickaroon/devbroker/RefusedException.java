package io.pickaroon.devbroker;

/** The broker cannot start with these options. The message says what to change; the exit code is 2. */
final class RefusedException extends Exception {
    RefusedException(String message) {
        super(message);
    }

    RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
