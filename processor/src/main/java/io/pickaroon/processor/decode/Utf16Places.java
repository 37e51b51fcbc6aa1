package io.pickaroon.processor.decode;

import java.util.Arrays;

/**
 * Maps offsets of the decoded bytes of a text to offsets in its file, at places that are spread about evenly over what
 * was decoded so far. There are never more than some thousand places: then every other one is dropped. So the distance
 * from a place to any offset is at most 64 KiB of the file, or an eight-thousandth of it.
 */
final class Utf16Places {
    private static final int MOST_PLACES = 8192;
    private static final long LEAST_DISTANCE_BYTES = 64 * 1024;

    /**
     * A place where a character starts, or the text ends.
     *
     * @param offset offset among the decoded bytes
     * @param fileOffset the same in the file
     */
    record Place(long offset, long fileOffset) {}

    private long[] offsets = new long[4];
    private long[] fileOffsets = new long[4];
    private int count;
    private long distanceBytes = LEAST_DISTANCE_BYTES;
    /** Where decoding has ended so far. */
    private Place end;

    /** @param startFileOffset where the text starts in the file */
    Utf16Places(long startFileOffset) {
        this.end = new Place(0, startFileOffset);
        add(end);
    }

    Place end() {
        return end;
    }

    /** Notes that the text was decoded further, up to here. */
    void reach(Place place) {
        end = place;
        if (place.fileOffset() - fileOffsets[count - 1] >= distanceBytes) {
            add(place);
        }
    }

    private void add(Place place) {
        if (count == MOST_PLACES) {
            forgetEveryOther();
        }
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
            fileOffsets = Arrays.copyOf(fileOffsets, 2 * count);
        }
        offsets[count] = place.offset();
        fileOffsets[count] = place.fileOffset();
        count++;
    }

    private void forgetEveryOther() {
        for (int i = 0; 2 * i < count; i++) {
            offsets[i] = offsets[2 * i];
            fileOffsets[i] = fileOffsets[2 * i];
        }
        count = (count + 1) / 2;
        distanceBytes *= 2;
    }

    /** The last place that is known at or before an offset of the decoded bytes. */
    Place before(long offset) {
        if (offset >= end.offset()) {
            return end;
        }
        int found = Arrays.binarySearch(offsets, 0, count, offset);
        int index = found >= 0 ? found : -found - 2;
        return new Place(offsets[index], fileOffsets[index]);
    }
}
