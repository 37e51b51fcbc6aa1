package io.pickaroon.processor.delivery;

/** Matches could not be delivered. The message says what failed, where, and what to do about it. */
public final class DeliveryException extends RuntimeException {
    private final boolean retryable;

    private DeliveryException(String message, Throwable cause, boolean retryable) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** Trying again later, from the last delivered window, may well succeed: an outage. */
    public static DeliveryException retryable(String message, Throwable cause) {
        return new DeliveryException(message, cause, true);
    }

    /** Trying again is useless until somebody changes something. */
    public static DeliveryException fatal(String message, Throwable cause) {
        return new DeliveryException(message, cause, false);
    }

    public boolean isRetryable() {
        return retryable;
    }
}
