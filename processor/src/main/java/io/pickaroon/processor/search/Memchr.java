package io.pickaroon.processor.search;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The {@code memchr} and {@code memrchr} of libc: machine code with the widest vectors of the CPU, from the first call. A
 * call costs about 10 nanoseconds. Thread-safe.
 *
 * <p>Nothing checks the addresses: {@link NativeBytes} does, and is the only caller.
 */
final class Memchr {
    /** Set to {@code off}, nothing is searched with {@code memchr}. */
    private static final String SWITCH = "pickaroon.memchr";

    private static final MethodHandle FIRST = handle("memchr");
    private static final MethodHandle LAST = handle("memrchr");

    private Memchr() {}

    /** False on a platform that does not have both functions, and where the user has switched them off. */
    static boolean isAvailable() {
        return FIRST != null && LAST != null;
    }

    /** Null if there is none. */
    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name) {
        if (System.getProperty(SWITCH, "on").equals("off") || ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
            return null;
        }
        try {
            Linker linker = Linker.nativeLinker();
            MemorySegment function = linker.defaultLookup().find(name).orElse(null);
            return function == null
                    ? null
                    : linker.downcallHandle(
                            function,
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG),
                            Linker.Option.critical(false));
        } catch (UnsupportedOperationException | IllegalArgumentException | IllegalCallerException e) {
            // A JVM without a linker for its platform, or that permits no native access.
            return null;
        }
    }

    /** Address of the first byte with the value, or 0. */
    static long first(long address, byte value, long lengthBytes) {
        try {
            return (long) FIRST.invokeExact(address, (int) value, lengthBytes);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Address of the last byte with the value, or 0. */
    static long last(long address, byte value, long lengthBytes) {
        try {
            return (long) LAST.invokeExact(address, (int) value, lengthBytes);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
