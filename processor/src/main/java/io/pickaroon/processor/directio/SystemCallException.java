package io.pickaroon.processor.directio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** A system call failed. The message names the file, the call, the reason and, where one is obvious, the remedy. */
public final class SystemCallException extends IOException {
    private static final Set<Integer> OF_MACHINE =
            Set.of(Errno.EIO.number(), Errno.ENOMEM.number(), Errno.ENFILE.number(), Errno.EMFILE.number());
    private static final Set<Integer> OF_SERVER = Set.of(
            Errno.ECONNABORTED.number(),
            Errno.ENOTCONN.number(),
            Errno.ETIMEDOUT.number(),
            Errno.EHOSTDOWN.number(),
            Errno.EHOSTUNREACH.number(),
            Errno.ESTALE.number(),
            Errno.EREMOTEIO.number());
    private static final Set<Integer> OF_ROOM = Set.of(Errno.ENOSPC.number(), Errno.EDQUOT.number());
    private static final Set<Integer> OF_PATH = Set.of(Errno.ENOTDIR.number(), Errno.ELOOP.number());

    private final int errno;

    SystemCallException(String call, Path path, int errno) {
        super(NativePath.printable(path) + ": " + call + " failed: " + Errno.explain(errno));
        this.errno = errno;
    }

    /** The error number as {@code errno(3)} has it, above 0. */
    public int errno() {
        return errno;
    }

    /** Whether the file was not even looked for, for lack of descriptors or memory, or because a device or server fails. */
    public boolean isOfMachine() {
        return OF_MACHINE.contains(errno) || isOfServer();
    }

    /** Whether it is the server of a network file system that fails, or another handle of the file is needed. */
    public boolean isOfServer() {
        return OF_SERVER.contains(errno);
    }

    /** Whether there is no such file: a directory of its path is something else, or its links lead nowhere. */
    public boolean isOfPath() {
        return OF_PATH.contains(errno);
    }

    /** Whether the file system, or what this user may have of it, is full. */
    public boolean isOfRoom() {
        return OF_ROOM.contains(errno);
    }

    /** {@code result} unless it is a negated errno. */
    static long check(long result, String call, Path path) throws SystemCallException {
        if (result < 0) {
            throw new SystemCallException(call, path, (int) -result);
        }
        return result;
    }
}
