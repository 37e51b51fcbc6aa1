package io.pickaroon.processor.decode;

import java.io.IOException;

/** Encoded content is damaged, or ends too early. What is decoded before can be used; the message says where that ends. */
public final class DamagedContentException extends IOException {
    public DamagedContentException(String message, Throwable cause) {
        super(message, cause);
    }
}
