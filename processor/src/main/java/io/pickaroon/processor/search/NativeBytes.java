package io.pickaroon.processor.search;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Native memory that {@code memchr} searches. Used by one thread at a time; freed some time after nothing refers to it any
 * more. Searching allocates nothing.
 *
 * <p>Ranges are {@code [from, to)} with {@code 0 <= from <= to <= capacityBytes}.
 */
public final class NativeBytes {
    private final int capacityBytes;
    /** With eight bytes behind the capacity, for {@link #longAt}. A buffer, because it takes less to compile than a segment. */
    private final ByteBuffer buffer;

    private final MemorySegment segment;
    private final long address;

    /** Where {@link #isAvailable}. */
    public NativeBytes(int capacityBytes) {
        this.capacityBytes = capacityBytes;
        this.buffer = ByteBuffer.allocateDirect(Math.addExact(capacityBytes, Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        this.segment = MemorySegment.ofBuffer(buffer);
        this.address = segment.address();
    }

    /** True if libc's functions can be called, and are not switched off with {@code -Dpickaroon.memchr=off}. */
    public static boolean isAvailable() {
        return Memchr.isAvailable();
    }

    public int capacityBytes() {
        return capacityBytes;
    }

    /** The memory, to be written to. */
    public MemorySegment segment() {
        return segment;
    }

    public byte at(int index) {
        return buffer.get(index);
    }

    /** The eight bytes from an index on, the first one lowest; those behind the capacity are anything. */
    long longAt(int index) {
        return buffer.getLong(index);
    }

    public void copyTo(int from, byte[] target, int lengthBytes) {
        buffer.get(from, target, 0, lengthBytes);
    }

    /** First index of the value, or -1. */
    public int indexOf(int from, int to, byte value) {
        Objects.checkFromToIndex(from, to, capacityBytes);
        long found = Memchr.first(address + from, value, to - from);
        return found == 0 ? -1 : (int) (found - address);
    }

    /** Last index of the value, or -1. */
    public int lastIndexOf(int from, int to, byte value) {
        Objects.checkFromToIndex(from, to, capacityBytes);
        long found = Memchr.last(address + from, value, to - from);
        return found == 0 ? -1 : (int) (found - address);
    }

    /** How often the value occurs. */
    public int count(int from, int to, byte value) {
        Objects.checkFromToIndex(from, to, capacityBytes);
        int count = 0;
        long end = address + to;
        for (long at = address + from; at < end; at++) {
            at = Memchr.first(at, value, end - at);
            if (at == 0) {
                break;
            }
            count++;
        }
        return count;
    }

    /**
     * The {@code memchr} and {@code memrchr} of libc: machine code with the widest vectors of the CPU, from the first call. A
     * call costs about 10 nanoseconds. Thread-safe.
     *
     * <p>Nothing checks the addresses.
     */
    private static final class Memchr {
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
}
