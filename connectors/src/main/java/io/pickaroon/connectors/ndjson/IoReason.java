package io.pickaroon.connectors.ndjson;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** Why an operation on a file failed, without the file's name. */
final class IoReason {
    private IoReason() {}

    static String of(IOException e) {
        if (e instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return e instanceof FileSystemException ? e.getClass().getSimpleName() : e.getMessage();
    }
}
