package io.pickaroon.app.demo;

import java.util.zip.CRC32C;

/**
 * A checksum of a set of matches, each a record offset and the record's bytes, that does not depend on their order: the
 * sum, modulo 2^64, of a mixed hash of each. A match that is missing, repeated, altered or misplaced changes it.
 *
 * <p>It guards against mistakes, not against an adversary. Not safe for use by several threads.
 */
public final class MatchChecksum {
    private final CRC32C crc = new CRC32C();
    private long matches;
    private long sum;

    /**
     * Adds one match.
     *
     * @param recordOffset offset of the record's first byte in the log file
     */
    public void add(long recordOffset, byte[] bytes, int from, int length) {
        crc.reset();
        crc.update(bytes, from, length);
        sum += mix(mix(recordOffset) ^ crc.getValue() ^ ((long) length << 32));
        matches++;
    }

    /** Number of matches added. */
    public long matches() {
        return matches;
    }

    public long value() {
        return sum;
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood, 2014): every input bit changes half of the output bits. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
