package io.pickaroon.processor.scan;

/**
 * How much of a window is emitted in one part, so that memory does not depend on how dense matches are. The record that
 * reaches either bound is the last one of its part.
 *
 * @param bytes bytes held for matched records and edits, at least 1
 * @param matches matches, at least 1
 */
public record PartLimit(int bytes, int matches) {
    public static final PartLimit STANDARD = new PartLimit(1024 * 1024, 16 * 1024);

    public PartLimit {
        if (bytes < 1 || matches < 1) {
            throw new IllegalArgumentException("bytes %d and matches %d must be at least 1".formatted(bytes, matches));
        }
    }

    /** Room for a little more than was used: the record that reaches a limit goes beyond it. */
    static int room(int used, int initial, int limit) {
        int wanted = Math.min(used, limit);
        return Math.max(initial, wanted + wanted / 16);
    }
}
