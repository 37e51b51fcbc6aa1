package io.pickaroon.devbroker;

/** The broker cannot start as it was asked to; the message says what to change, and the exit code is 2. */
final class RefusedException extends Exception {
    RefusedException(String message) {
        super(message);
    }

    RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
