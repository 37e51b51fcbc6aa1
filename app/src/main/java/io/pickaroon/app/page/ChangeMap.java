package io.pickaroon.app.page;

/**
 * Where in one file changes lie: how many in each of at most {@link #MOST_BUCKETS} stretches of the same length, a power of two.
 * Not thread-safe.
 */
public final class ChangeMap {
    public static final int MOST_BUCKETS = 512;

    private long[] counts = new long[MOST_BUCKETS];
    private int shift;

    /** A change at this offset. */
    public void add(long offset) {
        while (offset >>> shift >= MOST_BUCKETS) {
            halve();
        }
        counts[(int) (offset >>> shift)]++;
    }

    /** Takes back a change that was added. */
    public void remove(long offset) {
        counts[(int) (offset >>> shift)]--;
    }

    private void halve() {
        long[] halved = new long[MOST_BUCKETS];
        for (int bucket = 0; bucket < MOST_BUCKETS; bucket++) {
            halved[bucket / 2] += counts[bucket];
        }
        counts = halved;
        shift++;
    }

    /** Makes the stretches so long that they cover a file of this size. */
    public void cover(long sizeBytes) {
        while (sizeBytes - 1 >>> shift >= MOST_BUCKETS) {
            halve();
        }
    }

    /** Length of a stretch in bytes. */
    public long bucketBytes() {
        return 1L << shift;
    }

    /** Changes in a stretch. */
    public long count(int bucket) {
        return counts[bucket];
    }

    public boolean isEmpty() {
        for (long count : counts) {
            if (count > 0) {
                return false;
            }
        }
        return true;
    }
}
