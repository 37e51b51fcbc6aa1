package io.pickaroon.processor.decode;

import java.io.IOException;

/**
 * Encoded content is damaged, or ends too early. The bytes decoded before the damage can be used; the message says
 * where they end.
 */
public final class DamagedContentException extends IOException {
    public DamagedContentException(String message, Throwable cause) {
        super(message, cause);
    }
}
