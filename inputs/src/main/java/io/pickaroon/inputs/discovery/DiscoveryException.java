package io.pickaroon.inputs.discovery;

/** The patterns of inputs ask for what cannot be done. The message says what, where, and what to do instead. */
public final class DiscoveryException extends RuntimeException {
    DiscoveryException(String message) {
        super(message);
    }

    DiscoveryException(String message, Throwable cause) {
        super(message, cause);
    }
}
