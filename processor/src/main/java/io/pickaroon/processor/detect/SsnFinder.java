package io.pickaroon.processor.detect;

/**
 * Social security numbers of the United States, with dashes, of the areas, groups and serial numbers that exist. Hidden as a whole.
 */
final class SsnFinder implements Finder {
    private static final int LENGTH = 11;
    private static final int AREA = 3;
    private static final int GROUP = 6;

    @Override
    public void find(byte[] bytes, int start, int end, Places found) {
        for (int at = start + AREA; at + LENGTH - AREA <= end; at++) {
            if (bytes[at] == '-' && isNumber(bytes, start, at - AREA, end)) {
                found.addHidden(at - AREA, at - AREA + LENGTH);
            }
        }
    }

    private static boolean isNumber(byte[] bytes, int start, int at, int end) {
        if (bytes[at + GROUP] != '-' || at > start && isBeside(bytes[at - 1])) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            if (i != AREA && i != GROUP && !Ascii.isDigit(bytes[at + i])) {
                return false;
            }
        }
        int to = at + LENGTH;
        boolean ends = to == end
                || !isBeside(bytes[to])
                || bytes[to] == '.' && (to + 1 == end || !Ascii.isWord(bytes[to + 1]));
        int area = number(bytes, at, at + AREA);
        return ends
                && area != 0
                && area != 666
                && area < 900
                && number(bytes, at + AREA + 1, at + GROUP) != 0
                && number(bytes, at + GROUP + 1, to) != 0;
    }

    private static boolean isBeside(byte b) {
        return Ascii.isWord(b) || b == '-' || b == '.';
    }

    private static int number(byte[] bytes, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + bytes[i] - '0';
        }
        return number;
    }
}
