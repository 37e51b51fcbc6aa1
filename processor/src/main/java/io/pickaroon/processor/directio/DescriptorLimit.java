package io.pickaroon.processor.directio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How many descriptors this process may have, {@code RLIMIT_NOFILE} of {@code getrlimit(2)}.
 *
 * @param soft the limit in force
 * @param hard the limit up to which the process may raise it
 */
public record DescriptorLimit(long soft, long hard) {
    private static final int NUMBER_OF_FILES = 7;

    /** The limits now. The JVM raises the soft limit to the hard one at its start, unless an option prevents that. */
    public static DescriptorLimit raised() throws IOException {
        return raised(new Libc());
    }

    static DescriptorLimit raised(SystemCalls calls) throws IOException {
        Path process = Path.of("/proc/self");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment struct = arena.allocate(2L * Long.BYTES, Long.BYTES);
            int result = calls.getResourceLimit(NUMBER_OF_FILES, struct.address());
            SystemCallException.check(result, "getrlimit", process);
            long hard = struct.get(ValueLayout.JAVA_LONG, Long.BYTES);
            if (struct.get(ValueLayout.JAVA_LONG, 0) != hard) {
                MemorySegment wanted = arena.allocate(2L * Long.BYTES, Long.BYTES);
                wanted.fill((byte) 0);
                wanted.set(ValueLayout.JAVA_LONG, 0, hard);
                wanted.set(ValueLayout.JAVA_LONG, Long.BYTES, hard);
                if (calls.setResourceLimit(NUMBER_OF_FILES, wanted.address()) == 0) {
                    struct.set(ValueLayout.JAVA_LONG, 0, hard);
                }
            }
            return new DescriptorLimit(asCount(struct.get(ValueLayout.JAVA_LONG, 0)), asCount(hard));
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
