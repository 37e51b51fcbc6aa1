package io.pickaroon.processor.file;

import io.pickaroon.processor.directio.FileStatus;

/**
 * Which file this is, whatever its name: what stays the same through renames, appends and fixes in place.
 *
 * <p>Content is deliberately no part of it, because a fix changes content. The birth time tells a file from a later one
 * that was given the same inode number; it is 0 where the file system does not keep it.
 *
 * @param device number of the device as {@code statx(2)} gives it, major number in the upper 32 bits
 * @param inode inode number on that device
 * @param birthTimeNanos birth time in nanoseconds since the epoch, 0 if unknown
 */
public record FileIdentity(long device, long inode, long birthTimeNanos) {
    /** The identity of the file whose status this is. */
    public static FileIdentity of(FileStatus status) {
        return new FileIdentity(status.device(), status.inode(), status.birthTimeNanos());
    }

    @Override
    public String toString() {
        return "%d:%d/%d@%d".formatted(device >>> 32, device & 0xffff_ffffL, inode, birthTimeNanos);
    }
}
