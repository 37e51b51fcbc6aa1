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

    /** An outage: a retry from the last delivered window may succeed. */
    public static DeliveryException retryable(String message, Throwable cause) {
        return new DeliveryException(message, cause, Kind.RETRYABLE);
    }

    /** A retry fails again until a person changes something. */
    public static DeliveryException fatal(String message, Throwable cause) {
        return new DeliveryException(message, cause, Kind.FATAL);
    }

    /** A person has to decide first; nothing was read or sent. The message names the choices. */
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

    /** True if a person has to decide how the run goes on. */
    public boolean needsDecision() {
        return kind == Kind.UNDECIDED;
    }

    /** True if the user asked for what does not exist. */
    public boolean isMistake() {
        return kind == Kind.MISTAKE;
    }
}
