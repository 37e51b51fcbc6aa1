package io.pickaroon.processor.directio;

import java.io.IOException;
import java.nio.file.Path;

/** Someone else holds the lock of a file. The message says who, and what to do. */
public final class InUseException extends IOException {
    InUseException(Path path, String holder) {
        super(path + ": in use by " + holder + "; stop it or use another checkpoint path");
    }
}
