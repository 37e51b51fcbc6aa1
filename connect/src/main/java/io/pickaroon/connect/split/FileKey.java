package io.pickaroon.connect.split;

import java.util.regex.Pattern;

/**
 * Names a file in the same way on every host of a cluster.
 *
 * <p>As text it is {@code LABEL:INODE.GENERATION}, such as {@code nfs-1:1234.0}. Neither the device number, which differs
 * between hosts, nor the birth time, which not every host can tell, is part of it. So a label stands for one file system:
 * files of two file systems under one label may have the same inode number, and would be taken for one.
 *
 * @param label the storage that the file is on: 1 to 64 of the characters A-Z, a-z, 0-9, dot, underscore and hyphen
 * @param inode inode number, an unsigned number of 64 bits
 * @param generation how often the inode number was given to another file, or the file truncated, since it was first seen; at
 *     least 0
 */
public record FileKey(String label, long inode, int generation) {
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public FileKey {
        if (!LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException(
                    "label '%s' is not 1 to 64 of the characters A-Z, a-z, 0-9, '.', '_' and '-'".formatted(label));
        }
        if (generation < 0) {
            throw new IllegalArgumentException("generation " + generation + " is negative");
        }
    }

    /** The same inode in another generation. */
    public FileKey ofGeneration(int number) {
        return new FileKey(label, inode, number);
    }

    /** {@code LABEL:INODE}, which all generations have in common. */
    public String inodeText() {
        return label + ":" + Long.toUnsignedString(inode);
    }

    @Override
    public String toString() {
        return inodeText() + "." + generation;
    }
}
