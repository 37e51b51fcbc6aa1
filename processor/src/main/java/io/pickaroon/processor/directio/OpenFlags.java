package io.pickaroon.processor.directio;

import java.util.Locale;

/**
 * The flags of {@code open(2)} whose values depend on the processor, and those that do not.
 *
 * <p>Source: Linux {@code include/uapi/asm-generic/fcntl.h}, which x86-64 uses unchanged, and
 * {@code arch/arm64/include/uapi/asm/fcntl.h}. The value of O_DIRECT on one of them is that of O_DIRECTORY on the other,
 * so a wrong guess would fail in surprising ways.
 *
 * @param direct O_DIRECT
 * @param directory O_DIRECTORY
 * @param noFollow O_NOFOLLOW
 */
record OpenFlags(int direct, int directory, int noFollow) {
    static final int READ_ONLY = 0;
    static final int READ_WRITE = 0x2;
    static final int CREATE = 0x40;
    static final int EXCLUSIVE = 0x80;
    static final int DATA_SYNC = 0x1000;
    static final int CLOSE_ON_EXEC = 0x80000;
    static final int PATH_ONLY = 0x200000;

    /** The flags of the machine that this runs on. */
    static OpenFlags ofThisMachine() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static OpenFlags of(String system, String processor) {
        if (!system.equals("Linux")) {
            throw new UnsupportedOperationException("Pickaroon writes its checkpoint on Linux only, not on " + system);
        }
        return switch (processor.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> new OpenFlags(0x4000, 0x10000, 0x20000);
            case "aarch64", "arm64" -> new OpenFlags(0x10000, 0x4000, 0x8000);
            default ->
                throw new UnsupportedOperationException(
                        "Pickaroon writes its checkpoint on x86-64 and aarch64 only, not on " + processor);
        };
    }
}
