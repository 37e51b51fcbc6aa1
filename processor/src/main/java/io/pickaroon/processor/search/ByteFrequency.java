package io.pickaroon.processor.search;

import java.util.Arrays;

/**
 * Estimates how often each byte occurs in log files, so that searches can begin with the rarest bytes of what they look
 * for. Immutable and thread-safe. The estimates decide how fast a search is, never what it finds.
 */
final class ByteFrequency {
    private static final double[] SHARES = new double[256];

    static {
        Arrays.setAll(SHARES, ByteFrequency::estimate);
    }

    private ByteFrequency() {}

    /** Estimated share of the bytes of log files that have this value, 0 to 255; the shares add up to about 1. */
    static double share(int value) {
        return SHARES[value];
    }

    private static double estimate(int value) {
        if (value >= 'a' && value <= 'z') {
            return "jkqvwxyz".indexOf(value) >= 0 ? 0.004 : "etaoinsr".indexOf(value) >= 0 ? 0.04 : 0.015;
        }
        if (value >= 'A' && value <= 'Z') {
            return "JKQVWXYZ".indexOf(value) >= 0 ? 0.0015 : 0.005;
        }
        if (value >= '0' && value <= '9') {
            return value <= '2' ? 0.03 : 0.02;
        }
        return switch (value) {
            case ' ' -> 0.12;
            case '.', ':', '-', '/', '\n' -> 0.016;
            case '=', '"', ',', '_', '[', ']', '(', ')' -> 0.006;
            default -> value > ' ' && value < 127 ? 0.002 : 0.0003;
        };
    }
}
