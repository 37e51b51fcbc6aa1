package io.pickaroon.processor.delivery;

/** Matches could not be delivered. The message says what failed, where, and what to do about it. */
public final class DeliveryException extends RuntimeException {
    private enum Kind {
        RETRYABLE,
        FATAL,
        UNDECIDED,
        MISTAKE
    }

    private final Kind kind;

    private DeliveryException(String message, Throwable cause, Kind kind) {
        super(message, cause);
        this.kind = kind;
    }

    /** Trying again later, from the last delivered window, may well succeed: an outage. */
    public static DeliveryException retryable(String message, Throwable cause) {
        return new DeliveryException(message, cause, Kind.RETRYABLE);
    }

    /** Trying again is useless until somebody changes something. */
    public static DeliveryException fatal(String message, Throwable cause) {
        return new DeliveryException(message, cause, Kind.FATAL);
    }

    /** A person has to decide first; nothing was read or sent. The message names the ways out. */
    public static DeliveryException undecided(String message) {
        return new DeliveryException(message, null, Kind.UNDECIDED);
    }

    /** What was asked for does not exist; nothing was read or sent. */
    public static DeliveryException mistake(String message) {
        return new DeliveryException(message, null, Kind.MISTAKE);
    }

    public boolean isRetryable() {
        return kind == Kind.RETRYABLE;
    }

    /** Whether a person has to decide how the run goes on. */
    public boolean needsDecision() {
        return kind == Kind.UNDECIDED;
    }

    /** Whether the user asked for what does not exist. */
    public boolean isMistake() {
        return kind == Kind.MISTAKE;
    }
}
