package io.pickaroon.processor.file;

import io.pickaroon.processor.directio.FileStatus;

/**
 * Identifies a file regardless of its name. It stays the same through renames, appends and fixes in place.
 *
 * <p>Content is deliberately no part of it, because a fix changes content. The birth time tells a file from a later one
 * that was given the same inode number; it is 0 where the file system does not keep it, or changes it although the file
 * stays the same (a lower layer's file on overlayfs). Where it is unknown, device and inode number decide. A file that
 * is truncated and written anew (copytruncate) keeps all of that, and offsets in it have another meaning from then on:
 * it is another generation.
 *
 * @param device number of the device as {@code statx(2)} gives it, major number in the upper 32 bits
 * @param inode inode number on that device
 * @param birthTimeNanos birth time in nanoseconds since the epoch, 0 if unknown
 * @param generation how often the file has begun anew since it was first seen, at least 0
 */
public record FileIdentity(long device, long inode, long birthTimeNanos, int generation) {
    /** A file as it is first seen. */
    public FileIdentity(long device, long inode, long birthTimeNanos) {
        this(device, inode, birthTimeNanos, 0);
    }

    /** The identity of the file whose status this is, as it is first seen. */
    public static FileIdentity of(FileStatus status) {
        return new FileIdentity(status.device(), status.inode(), status.birthTimeStays() ? status.birthTimeNanos() : 0);
    }

    /**
     * True if both are the same inode, in any generation. An unknown birth time is no difference: the kernel may report
     * more, or less, after an update.
     */
    public boolean isSameInode(FileIdentity other) {
        boolean isUnknown = birthTimeNanos == 0 || other.birthTimeNanos == 0;
        return inode == other.inode && device == other.device && (isUnknown || birthTimeNanos == other.birthTimeNanos);
    }

    /**
     * True if both are the same inode of a file system that has got another device number, such as by mounting it anew.
     * It is very unlikely that two inodes with the same number are made in the same nanosecond.
     */
    public boolean isSameInodeOfOtherDevice(FileIdentity other) {
        return inode == other.inode
                && device != other.device
                && birthTimeNanos != 0
                && birthTimeNanos == other.birthTimeNanos;
    }

    /** The same inode in another generation. */
    public FileIdentity ofGeneration(int number) {
        return new FileIdentity(device, inode, birthTimeNanos, number);
    }

    /* Written out, like hashCode: what a record has by itself is made anew by the JVM in every process. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FileIdentity file
                && inode == file.inode
                && device == file.device
                && birthTimeNanos == file.birthTimeNanos
                && generation == file.generation;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(inode) + Long.hashCode(birthTimeNanos))
                + 31 * Long.hashCode(device)
                + generation;
    }

    @Override
    public String toString() {
        String inodeText = "%d:%d/%d@%d".formatted(device >>> 32, device & 0xffff_ffffL, inode, birthTimeNanos);
        return generation == 0 ? inodeText : inodeText + "#" + generation;
    }
}
