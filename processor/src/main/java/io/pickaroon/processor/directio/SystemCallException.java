package io.pickaroon.processor.directio;

import java.io.IOException;
import java.nio.file.Path;

/** A system call failed. The message names the file, the call, the reason and, where one is obvious, the remedy. */
public final class SystemCallException extends IOException {
    private final int errno;

    SystemCallException(String call, Path path, int errno) {
        super(NativePath.printable(path) + ": " + call + " failed: " + Errno.explain(errno));
        this.errno = errno;
    }

    /** The error number as {@code errno(3)} has it, above 0. */
    public int errno() {
        return errno;
    }

    /** {@code result} unless it is a negated errno. */
    static long check(long result, String call, Path path) throws SystemCallException {
        if (result < 0) {
            throw new SystemCallException(call, path, (int) -result);
        }
        return result;
    }
}
