package io.pickaroon.processor.time;

/**
 * Where in a file the records of a range of time are.
 *
 * @param startOffset where a record starts
 * @param endOffset where one starts, or the file ends; not before the start
 * @param hasTimes false if none of the records that were looked at has a time
 */
public record TimeStretch(long startOffset, long endOffset, boolean hasTimes) {
    public boolean isEmpty() {
        return startOffset == endOffset;
    }
}
