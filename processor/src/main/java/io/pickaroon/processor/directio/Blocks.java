package io.pickaroon.processor.directio;

/** Arithmetic on block sizes, which are powers of two. */
final class Blocks {
    private Blocks() {}

    static long roundUp(long value, int blockBytes) {
        return Math.addExact(value, blockBytes - 1L) & -blockBytes;
    }

    static long roundDown(long value, int blockBytes) {
        return value & -blockBytes;
    }

    static boolean isMultiple(long value, int blockBytes) {
        return (value & (blockBytes - 1L)) == 0;
    }
}
