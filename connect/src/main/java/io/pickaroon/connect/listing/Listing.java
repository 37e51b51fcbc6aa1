package io.pickaroon.connect.listing;

import io.pickaroon.processor.file.FileSighting;
import java.util.List;

/**
 * What one look found. Immutable.
 *
 * @param number of the look, from 1
 * @param files by input, in the order of their paths; renamed ones are the last
 * @param others files in the same directories that no input has: one that was read before it was renamed may be among them
 * @param unreadable what could not be read, with the reason: files may be missing that are there
 */
public record Listing(long number, List<ListedFile> files, List<FileSighting> others, List<String> unreadable) {
    public Listing {
        files = List.copyOf(files);
        others = List.copyOf(others);
        unreadable = List.copyOf(unreadable);
    }
}
