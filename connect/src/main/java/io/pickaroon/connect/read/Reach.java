package io.pickaroon.connect.read;

/**
 * Up to where a file is read now.
 *
 * @param endOffset records that start before it are read
 * @param limitOffset up to where they may reach, at least the end
 * @param holdsOpen whether a record of a container log that may have more lines behind the limit is left for later
 */
record Reach(long endOffset, long limitOffset, boolean holdsOpen) {}
