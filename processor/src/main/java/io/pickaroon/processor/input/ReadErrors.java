package io.pickaroon.processor.input;

import io.pickaroon.processor.directio.ByteText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Explains why a log file cannot be read, and what to do. */
public final class ReadErrors {
    /** The text of EROFS in the C library, which Java has as the reason. */
    private static final String READ_ONLY = "Read-only file system";

    private ReadErrors() {}

    /** Why a system call failed, without the name of the file where that is possible. */
    public static String reason(IOException e) {
        return e instanceof FileSystemException refused && refused.getReason() != null
                ? refused.getReason()
                : ByteText.withoutControls(String.valueOf(e.getMessage()));
    }

    /** What is wrong with a file of an input. */
    public static String describe(IOException e, LogInput input) {
        return describe(e, input.hasFixes());
    }

    /** What is wrong with a file of an input with fixes, or without. */
    public static String describe(IOException e, boolean hasFixes) {
        return ByteText.withoutControls(text(e, hasFixes));
    }

    private static String text(IOException e, boolean hasFixes) {
        if (e instanceof NoSuchFileException) {
            return e.getMessage() + ": no such file";
        }
        if (e instanceof AccessDeniedException) {
            return e.getMessage() + ": no permission to " + (hasFixes ? "read and write it" : "read it")
                    + "; give this user access to the file, and to search its directories";
        }
        if (hasFixes && e instanceof FileSystemException refused && READ_ONLY.equals(refused.getReason())) {
            return refused.getFile() + ": its file system is mounted read-only, and the input has fixes; mount it for"
                    + " writing, or keep this file out of the input";
        }
        return e.getMessage();
    }
}
