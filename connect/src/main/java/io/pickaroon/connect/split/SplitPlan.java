package io.pickaroon.connect.split;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Which splits of a file are a task's own. A pure function of the file's label and inode, so all tasks agree without talking
 * to each other.
 *
 * <p>The owner of split k is the task with the index {@code (hash + k) mod tasks}. The hash is FNV-1a with 64 bits over the
 * ASCII bytes of {@code LABEL:INODE}, mixed by the finalizer of MurmurHash3, as an unsigned number. The generation is no part
 * of it: the owner of split 0, which alone raises the generation, stays the same in all of them.
 *
 * @param splitBytes size of a split; 0: each file is one split
 * @param tasks how many tasks there are, at least 1
 * @param index number of this one, from 0
 * @see <a href="https://datatracker.ietf.org/doc/rfc9923/">FNV</a>
 */
public record SplitPlan(long splitBytes, int tasks, int index) {
    private static final long FNV_OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    public SplitPlan {
        if (splitBytes < 0) {
            throw new IllegalArgumentException("splitBytes " + splitBytes + " is negative");
        }
        if (tasks < 1 || index < 0 || index >= tasks) {
            throw new IllegalArgumentException("index %d of %d tasks".formatted(index, tasks));
        }
    }

    /** The task that owns a split. */
    public int owner(Split split) {
        return (int) ((owner(split.file()) + split.number() % tasks) % tasks);
    }

    /** The task that owns split 0 of a file. */
    public int owner(FileKey file) {
        return (int) Long.remainderUnsigned(hash(file.inodeText()), tasks);
    }

    public boolean isMine(Split split) {
        return owner(split) == index;
    }

    /**
     * How many splits a file has. The last one may be shorter than the others, and grows with the file; split 0 is there in
     * any case.
     *
     * @param isWhole true if the file is one split whatever its size, as decoded files are
     */
    public long count(long sizeBytes, boolean isWhole) {
        return splitBytes == 0 || isWhole ? 1 : Math.max(1, Math.ceilDiv(sizeBytes, splitBytes));
    }

    /** This task's splits of a file, in their order. */
    public List<Split> mine(FileKey file, long sizeBytes, boolean isWhole) {
        long first = Math.floorMod(index - owner(file), tasks);
        long count = count(sizeBytes, isWhole);
        return LongStream.iterate(first, number -> number < count, number -> number + tasks)
                .mapToObj(number -> new Split(file, number))
                .toList();
    }

    private static long hash(String text) {
        long hash = FNV_OFFSET_BASIS;
        for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        hash *= 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
