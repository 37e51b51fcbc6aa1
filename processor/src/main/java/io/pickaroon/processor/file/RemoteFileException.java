package io.pickaroon.processor.file;

import io.pickaroon.processor.directio.SystemCallException;
import java.io.IOException;

/**
 * A file on a network file system could not be opened or read, or its size not be told. The reason may pass, and nothing of the
 * file is lost by it: it is tried again.
 */
public final class RemoteFileException extends IOException {
    /** @param cause null if no call failed */
    public RemoteFileException(String message, IOException cause) {
        super(message, cause);
    }

    /** True if this is such a failure, or one of the server of a file system. */
    public static boolean isCauseOf(Throwable failure) {
        return failure instanceof RemoteFileException
                || failure instanceof SystemCallException call && call.isOfServer();
    }
}
