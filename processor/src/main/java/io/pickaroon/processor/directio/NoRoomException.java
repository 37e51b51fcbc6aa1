package io.pickaroon.processor.directio;

import java.io.IOException;

/** A file cannot be made or grow, because its file system is full. Nothing was written, and the same may be tried again. */
public final class NoRoomException extends IOException {
    /** @param message names the file, the reason and the remedy */
    public NoRoomException(String message, Throwable cause) {
        super(message, cause);
    }
}
