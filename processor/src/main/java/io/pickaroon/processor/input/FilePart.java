package io.pickaroon.processor.input;

/**
 * A part of a file: the records that start in it. Decoded content has offsets of its own.
 *
 * @param startOffset its first byte, at which no record need start
 * @param endOffset exclusive end, at least the start
 */
public record FilePart(long startOffset, long endOffset) {
    /** No record. */
    public static final FilePart NOTHING = new FilePart(0, 0);

    public FilePart {
        if (startOffset < 0 || endOffset < startOffset) {
            throw new IllegalArgumentException("part [%d, %d) of a file".formatted(startOffset, endOffset));
        }
    }
}
