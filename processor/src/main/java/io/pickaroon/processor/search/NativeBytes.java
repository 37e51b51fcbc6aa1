package io.pickaroon.processor.search;

import java.lang.foreign.MemorySegment;
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
}
