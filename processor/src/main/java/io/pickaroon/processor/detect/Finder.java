package io.pickaroon.processor.detect;

/**
 * Finds all places of one kind in a record, in time linear to its length. Used by one thread at a time.
 */
public interface Finder {
    /** Adds what is found in {@code [start, end)}, and for each place what of it is hidden. */
    void find(byte[] bytes, int start, int end, Places found);
}
