package io.pickaroon.processor.directio;

import java.io.IOException;
import java.nio.file.Path;

/** Another process or run holds the lock of a file. The message names it, and says what to do. */
public final class InUseException extends IOException {
    InUseException(Path path, String holder) {
        super(NativePath.printable(path) + ": in use by " + holder + "; stop it or use another checkpoint path");
    }
}
