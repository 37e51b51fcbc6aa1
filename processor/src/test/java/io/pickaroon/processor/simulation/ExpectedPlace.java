package io.pickaroon.processor.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a record stands in the file.
 *
 * @param lines of each line the start and the end
 * @param bytes of each byte of the head its offset; negative for what stands nowhere, between two messages
 * @param stream in a container log, where it is 0 or 1 of a line that is in the format; negative for others
 * @param isCut whether it is not all of its message
 */
record ExpectedPlace(List<int[]> lines, int[] bytes, int stream, boolean isCut) {
    static ExpectedPlace ofText(int start, int contentEnd, int next) {
        int[] bytes = IntStream.range(start, contentEnd).toArray();
        return new ExpectedPlace(List.of(new int[] {start, next}), bytes, -1, false);
    }

    int start() {
        return lines.getFirst()[0];
    }

    int next() {
        return lines.getLast()[1];
    }

    int fileBytes() {
        return lines.stream().mapToInt(line -> line[1] - line[0]).sum();
    }

    boolean isSame(ExpectedPlace other) {
        return stream == other.stream
                && isCut == other.isCut
                && Arrays.equals(bytes, other.bytes)
                && Arrays.deepEquals(lines.toArray(), other.lines.toArray());
    }
}
