package io.pickaroon.processor.search;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Byte by byte: the reference for {@link VectorByteSearch}, and what runs without the Vector API. */
public final class ScalarByteSearch implements ByteSearch {
    /** Of two bytes in one form each, eight places are looked at together. */
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    @Override
    public int indexOf(byte[] bytes, int from, int to, byte value) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == value) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int lastIndexOf(byte[] bytes, int from, int to, byte value) {
        for (int i = to - 1; i >= from; i--) {
            if (bytes[i] == value) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int count(byte[] bytes, int from, int to, byte value) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += bytes[i] == value ? 1 : 0;
        }
        return count;
    }

    @Override
    public int indexOfPair(byte[] bytes, int from, int to, Pair pair) {
        int distance = pair.distance();
        int i = from;
        if (pair.first() == pair.firstAlt() && pair.second() == pair.secondAlt()) {
            long first = ONES * (pair.first() & 0xff);
            long second = ONES * (pair.second() & 0xff);
            for (; i <= to - distance - Long.BYTES; i += Long.BYTES) {
                // A byte is zero where both stand; the lowest bit that is left is that of the first such byte.
                long others = ((long) WORD.get(bytes, i) ^ first) | ((long) WORD.get(bytes, i + distance) ^ second);
                long found = (others - ONES) & ~others & HIGH_BITS;
                if (found != 0) {
                    return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
                }
            }
        }
        for (; i < to - distance; i++) {
            byte a = bytes[i];
            byte b = bytes[i + distance];
            if ((a == pair.first() || a == pair.firstAlt()) && (b == pair.second() || b == pair.secondAlt())) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Sieve sieve(NeedleWindows windows) {
        ScalarSieve everyPlace = new ScalarSieve(windows.tables(), windows.stride());
        return SampledSieve.of(windows, everyPlace).orElse(everyPlace);
    }
}
