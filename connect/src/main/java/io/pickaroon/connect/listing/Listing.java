package io.pickaroon.connect.listing;

import java.util.List;

/**
 * What one look found. Immutable.
 *
 * @param number of the look, from 1
 * @param files by input, in the order of their paths; renamed ones are the last
 * @param unreadable what could not be read, with the reason: files may be missing that are there
 */
public record Listing(long number, List<ListedFile> files, List<String> unreadable) {
    public Listing {
        files = List.copyOf(files);
        unreadable = List.copyOf(unreadable);
    }
}
