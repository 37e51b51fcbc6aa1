package io.pickaroon.processor.directio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How many descriptors this process may have, {@code RLIMIT_NOFILE} of {@code prlimit(2)}.
 *
 * @param soft the limit in force
 * @param hard the limit up to which the process may raise it
 */
public record DescriptorLimit(long soft, long hard) {
    private static final int NUMBER_OF_FILES = 7;

    /** The limits now. The JVM raises the soft limit to the hard one at its start, unless an option prevents that. */
    public static DescriptorLimit raised() throws IOException {
        SystemCalls calls = new Libc();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment struct = arena.allocate(2L * Long.BYTES, Long.BYTES);
            int result = calls.resourceLimit(NUMBER_OF_FILES, 0, struct.address());
            SystemCallException.check(result, "prlimit", Path.of("/proc/self"));
            long soft = struct.get(ValueLayout.JAVA_LONG, 0);
            long hard = struct.get(ValueLayout.JAVA_LONG, Long.BYTES);
            struct.set(ValueLayout.JAVA_LONG, 0, hard);
            boolean isRaised = soft == hard || calls.resourceLimit(NUMBER_OF_FILES, struct.address(), 0) == 0;
            return new DescriptorLimit(asCount(isRaised ? hard : soft), asCount(hard));
        }
    }

    /** RLIM_INFINITY has all bits set. */
    private static long asCount(long limit) {
        return limit < 0 ? Long.MAX_VALUE : limit;
    }

    /** Descriptors that this process has open now. */
    public static int inUse() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return (int) descriptors.count();
        }
    }
}
