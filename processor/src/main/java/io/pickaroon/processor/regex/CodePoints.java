package io.pickaroon.processor.regex;

import io.pickaroon.processor.search.ByteSet;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** A set of Unicode code points, as sorted ranges that do not touch. Immutable. */
final class CodePoints {
    static final int LAST_ASCII = 0x7f;
    static final CodePoints NONE = new CodePoints(new int[0]);
    static final CodePoints ASCII = of(0, LAST_ASCII);
    static final CodePoints ALL = of(0, Character.MAX_CODE_POINT);

    /** First and last of each range, one range after the other. */
    private final int[] ranges;

    private CodePoints(int[] ranges) {
        this.ranges = ranges;
    }

    /** All from {@code first} to {@code last}, both included. */
    static CodePoints of(int first, int last) {
        return new CodePoints(new int[] {first, last});
    }

    /** Those of a set of bytes, each of them the code point of the same number. */
    static CodePoints of(ByteSet bytes) {
        return where(bytes::contains, 0xff);
    }

    /** Those up to {@code last} of which the predicate is true. */
    static CodePoints where(IntPredicate predicate, int last) {
        int[] ranges = new int[64];
        int length = 0;
        boolean within = false;
        for (int c = 0; c <= last; c++) {
            if (predicate.test(c) != within) {
                if (length == ranges.length) {
                    ranges = Arrays.copyOf(ranges, 2 * length);
                }
                ranges[length++] = within ? c - 1 : c;
                within = !within;
            }
        }
        ranges = Arrays.copyOf(ranges, within ? length + 1 : length);
        if (within) {
            ranges[length] = last;
        }
        return new CodePoints(ranges);
    }

    int rangeCount() {
        return ranges.length / 2;
    }

    int first(int range) {
        return ranges[2 * range];
    }

    int last(int range) {
        return ranges[2 * range + 1];
    }

    boolean isEmpty() {
        return ranges.length == 0;
    }

    boolean contains(int codePoint) {
        int found = Arrays.binarySearch(ranges, codePoint);
        // Neither first nor last of a range: it would be inserted between both, at an odd index, or between two ranges.
        return found >= 0 || (-found - 1) % 2 == 1;
    }

    CodePoints or(CodePoints other) {
        int[] merged = new int[ranges.length + other.ranges.length];
        int length = 0;
        int mine = 0;
        int others = 0;
        while (mine < ranges.length || others < other.ranges.length) {
            boolean takeMine =
                    others == other.ranges.length || mine < ranges.length && ranges[mine] <= other.ranges[others];
            int first = takeMine ? ranges[mine] : other.ranges[others];
            int last = takeMine ? ranges[mine + 1] : other.ranges[others + 1];
            mine += takeMine ? 2 : 0;
            others += takeMine ? 0 : 2;
            if (length > 0 && first <= merged[length - 1] + 1) {
                merged[length - 1] = Math.max(merged[length - 1], last);
            } else {
                merged[length++] = first;
                merged[length++] = last;
            }
        }
        return new CodePoints(Arrays.copyOf(merged, length));
    }

    /** All code points but these. */
    CodePoints not() {
        int[] others = new int[ranges.length + 2];
        int length = 0;
        int next = 0;
        for (int i = 0; i < ranges.length; i += 2) {
            if (next < ranges[i]) {
                others[length++] = next;
                others[length++] = ranges[i] - 1;
            }
            next = ranges[i + 1] + 1;
        }
        if (next <= Character.MAX_CODE_POINT) {
            others[length++] = next;
            others[length++] = Character.MAX_CODE_POINT;
        }
        return new CodePoints(Arrays.copyOf(others, length));
    }

    CodePoints and(CodePoints other) {
        return not().or(other.not()).not();
    }

    /** Those from {@code first} to {@code last}, as numbers from 0 on: each less {@code first}. */
    CodePoints within(int first, int last) {
        int[] within = and(of(first, last)).ranges;
        for (int i = 0; i < within.length; i++) {
            within[i] -= first;
        }
        return new CodePoints(within);
    }

    /** Those below 256, as the bytes of the same numbers. */
    ByteSet bytes() {
        ByteSet bytes = ByteSet.NONE;
        for (int i = 0; i < ranges.length && ranges[i] <= 0xff; i += 2) {
            bytes = bytes.or(ByteSet.range(ranges[i], Math.min(0xff, ranges[i + 1])));
        }
        return bytes;
    }
}
