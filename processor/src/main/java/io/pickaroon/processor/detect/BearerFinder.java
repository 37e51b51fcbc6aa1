package io.pickaroon.processor.detect;

/** Tokens behind the word {@code Bearer} (RFC 6750), which has to be followed by what is no word. Hidden as a whole. */
final class BearerFinder implements Finder {
    private static final byte[] BEARER = Ascii.bytes("bearer");
    private static final int FEWEST_CHARACTERS = 8;
    /** A token of this length need not have a digit. */
    private static final int LONGER_THAN_WORDS = 24;

    @Override
    public void find(byte[] bytes, int start, int end, Places found) {
        int at = Ascii.indexOfInAnyCase(bytes, start, end, BEARER);
        while (at >= 0) {
            int behind = at + BEARER.length;
            int from = behind;
            while (from < end && (bytes[from] == ' ' || bytes[from] == ':')) {
                from++;
            }
            int to = from;
            boolean hasDigit = false;
            while (to < end && isOfToken(bytes[to])) {
                hasDigit |= Ascii.isDigit(bytes[to]);
                to++;
            }
            while (to > from && bytes[to - 1] == '.') {
                to--;
            }
            to = afterPadding(bytes, from, to, end);
            boolean isWord = !hasDigit && to - from < LONGER_THAN_WORDS;
            if (from > behind
                    && (at == start || !Ascii.isWord(bytes[at - 1]))
                    && to - from >= FEWEST_CHARACTERS
                    && !isWord
                    && !Ascii.isMasked(bytes, from, to)) {
                found.addHidden(from, to);
            }
            at = Ascii.indexOfInAnyCase(bytes, Math.max(behind, to), end, BEARER);
        }
    }

    /** Behind the signs that fill a token up, if nothing follows at once that would make them part of something else. */
    private static int afterPadding(byte[] bytes, int from, int to, int end) {
        int padded = to;
        while (padded > from && padded < end && bytes[padded] == '=') {
            padded++;
        }
        return padded == end || !isOfToken(bytes[padded]) ? padded : to;
    }

    private static boolean isOfToken(byte b) {
        return Ascii.isBase64(b) || b == '-' || b == '.' || b == '_' || b == '~';
    }
}
