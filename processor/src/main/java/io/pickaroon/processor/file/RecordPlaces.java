package io.pickaroon.processor.file;

import java.util.Arrays;

/**
 * Where the bytes of a record's content stand in its file: in one stretch, or in several with other bytes between them. Bytes of the
 * content that are in none, such as a line feed between two of them, are in no place of the file that may be changed. Used by one
 * thread at a time; allocates only to grow.
 */
public final class RecordPlaces {
    private int count;
    private int[] starts = new int[1];
    private int[] lengths = new int[1];
    private long[] offsets = new long[1];

    /** Forgets all stretches. */
    public void clear() {
        count = 0;
    }

    /** The whole content stands at an offset. */
    public void set(long offset, int length) {
        clear();
        add(0, offset, length);
    }

    /**
     * Adds a stretch behind the others.
     *
     * @param start index in the content
     */
    public void add(int start, long offset, int length) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
            offsets = Arrays.copyOf(offsets, 2 * count);
        }
        starts[count] = start;
        lengths[count] = length;
        offsets[count] = offset;
        count++;
    }

    /** Number of stretches. */
    public int count() {
        return count;
    }

    /** Index in the content of the first byte of a stretch. */
    public int start(int stretch) {
        return starts[stretch];
    }

    /** Exclusive end in the content. */
    public int end(int stretch) {
        return starts[stretch] + lengths[stretch];
    }

    /** Offset of a stretch in the file. */
    public long offset(int stretch) {
        return offsets[stretch];
    }

    /** Number of the stretch that a byte of the content is in, or of the last one before it. */
    public int of(int index) {
        int place = Arrays.binarySearch(starts, 0, count, index);
        return place < 0 ? Math.max(0, -place - 2) : lastFrom(place);
    }

    /** Empty stretches may begin where the next one does. */
    private int lastFrom(int place) {
        int last = place;
        while (last + 1 < count && starts[last + 1] == starts[last]) {
            last++;
        }
        return last;
    }

    /** Offset in the file of a byte of the content. */
    public long offsetOf(int index) {
        int stretch = of(index);
        return offsets[stretch] + index - starts[stretch];
    }
}
