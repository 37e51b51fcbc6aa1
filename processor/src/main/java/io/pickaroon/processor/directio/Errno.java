package io.pickaroon.processor.directio;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The reasons why system calls of this package fail, with a remedy where one is obvious.
 *
 * <p>The numbers are those of Linux on x86-64 and aarch64 ({@code asm-generic/errno-base.h}, {@code errno.h}).
 */
enum Errno {
    EPERM(1, "operation not permitted", "run as the owner of the file, or clear its immutable flag (chattr -i)"),
    ENOENT(2, "no such file or directory", "check the path"),
    EINTR(4, "interrupted by a signal", ""),
    EIO(5, "input/output error", "the device reports a failure: see the kernel log (dmesg) and check the disk"),
    ENXIO(6, "no such device or address", ""),
    EBADF(9, "bad file descriptor", ""),
    EAGAIN(11, "resource temporarily unavailable", ""),
    ENOMEM(12, "out of memory", "give the process more memory"),
    EACCES(13, "permission denied", "give this user access to the file and to search its directories"),
    EBUSY(16, "device or resource busy", ""),
    EEXIST(17, "file exists", ""),
    ENODEV(19, "no such device", ""),
    ENOTDIR(20, "not a directory", "a part of the path is a file: check the path"),
    EISDIR(21, "is a directory", "name a file, not a directory"),
    EINVAL(22, "invalid argument", ""),
    ENFILE(23, "too many open files in the system", "raise fs.file-max (sysctl)"),
    EMFILE(24, "too many open files in this process", "raise its limit (ulimit -n, or LimitNOFILE= in systemd)"),
    ETXTBSY(26, "file is being executed", ""),
    EFBIG(27, "file too large", "raise the file size limit of the process (ulimit -f)"),
    ENOSPC(28, "no space left on device", "free space on that file system, or choose a path on another one"),
    EROFS(30, "read-only file system", "choose a path on a file system that is mounted writable"),
    ENAMETOOLONG(36, "file name too long", "choose a shorter path"),
    ENOLCK(37, "no locks available", "choose a path on a local file system"),
    ENOSYS(38, "function not implemented", "choose a path on a local file system"),
    ELOOP(40, "too many symbolic links, or a link where none is allowed", "name the file itself"),
    EOVERFLOW(75, "value too large", ""),
    EOPNOTSUPP(95, "operation not supported", "choose a path on a local file system"),
    ECONNABORTED(103, "software caused connection abort", "mount the file system again"),
    ENOTCONN(
            107,
            "transport endpoint is not connected",
            "the program that serves the file system is gone: mount it again"),
    ETIMEDOUT(110, "connection timed out", "check the server of the file system"),
    EHOSTDOWN(112, "host is down", "check the server of the file system"),
    EHOSTUNREACH(113, "no route to host", "check the server of the file system"),
    ESTALE(116, "stale file handle", "if that stays, mount the network file system again"),
    EREMOTEIO(121, "remote input/output error", "check the server of the file system"),
    EDQUOT(122, "disk quota exceeded", "free space or raise the quota of this user");

    private static final Map<Integer, Errno> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Errno::number, Function.identity()));

    private final int number;
    private final String text;
    private final String remedy;

    Errno(int number, String text, String remedy) {
        this.number = number;
        this.text = text;
        this.remedy = remedy;
    }

    int number() {
        return number;
    }

    /** True if {@code result}, as {@link SystemCalls} returns it, is this failure. */
    boolean is(long result) {
        return result == -number;
    }

    /** Name and text of any errno, as in {@code ENOSPC (no space left on device)}. */
    static String describe(int number) {
        Errno known = BY_NUMBER.get(number);
        return known == null ? "errno " + number : known.name() + " (" + known.text + ")";
    }

    /** Like {@link #describe}, and what to do where that is obvious. */
    static String explain(int number) {
        Errno known = BY_NUMBER.get(number);
        return describe(number) + (known == null || known.remedy.isEmpty() ? "" : "; " + known.remedy);
    }
}
