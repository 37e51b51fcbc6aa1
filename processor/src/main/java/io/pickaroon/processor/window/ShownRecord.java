package io.pickaroon.processor.window;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A record as it may be shown: with masks over its bytes. Ends of lines are never masked, and the first mask of a byte stays. Used by
 * one thread at a time; allocates only to grow.
 */
public final class ShownRecord {
    private final Delimiter delimiter;
    /** By index in the record. */
    private final BitSet masked = new BitSet();
    /** The record with its masks, from index 0; of no account while there are none. */
    private byte[] shown = {};

    private byte[] bytes;
    private int start;
    private int length;

    public ShownRecord(Delimiter delimiter) {
        this.delimiter = delimiter;
    }

    /**
     * Starts with a record, without masks.
     *
     * @param itsStart where it starts in the array
     */
    public void begin(byte[] itsBytes, int itsStart, int itsLength) {
        this.bytes = itsBytes;
        this.start = itsStart;
        this.length = itsLength;
        masked.clear();
    }

    /**
     * Masks a stretch. Returns whether that hides a byte more.
     *
     * @param from index in the array that has the record
     * @param character of ASCII
     */
    public boolean hide(int from, int to, char character) {
        boolean hides = false;
        for (int i = from - start; i < to - start; i++) {
            if (!delimiter.isLineEnd(bytes, start + i, start, start + length) && !masked.get(i)) {
                if (masked.isEmpty()) {
                    copy();
                }
                shown[i] = (byte) character;
                masked.set(i);
                hides = true;
            }
        }
        return hides;
    }

    private void copy() {
        if (shown.length < length) {
            shown = new byte[length];
        }
        System.arraycopy(bytes, start, shown, 0, length);
    }

    /**
     * True if a byte of the stretch is masked.
     *
     * @param from index in the array that has the record
     */
    public boolean isMasked(int from, int to) {
        int index = masked.nextSetBit(from - start);
        return index >= 0 && index < to - start;
    }

    /** True if the bytes stand somewhere in the record as it is shown, which has masks; nothing stands everywhere. */
    public boolean shows(byte[] text, int from, int to) {
        int last = length - (to - from);
        for (int i = 0; i <= last; i++) {
            if (Arrays.equals(text, from, to, shown, i, i + to - from)) {
                return true;
            }
        }
        return false;
    }

    /** True if it has masks, so that it must not be shown as it stands. */
    public boolean hasMasks() {
        return !masked.isEmpty();
    }

    /** The record from index 0, if it has masks; valid until the next record. */
    public byte[] bytes() {
        return shown;
    }
}
