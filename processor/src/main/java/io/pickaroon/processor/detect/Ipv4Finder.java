package io.pickaroon.processor.detect;

/**
 * IPv4 addresses: four numbers up to 255 without leading zeros. Not in names of packages, versions of programs ({@code
 * Chrome/120.0.0.0}, {@code version 1.2.3.4}) or numbers with more parts. The dots stay.
 */
final class Ipv4Finder implements Finder {
    private static final int PARTS = 4;
    private static final int MOST = 255;
    private static final byte[][] VERSIONS = {
        Ascii.bytes("version"),
        Ascii.bytes("ver"),
        Ascii.bytes("release"),
        Ascii.bytes("build"),
        Ascii.bytes("revision")
    };
    private static final int LONGEST_WORD = 32;

    @Override
    public void find(byte[] bytes, int start, int end, Places found) {
        int at = start;
        while (at < end) {
            if (!Ascii.isDigit(bytes[at])) {
                at++;
                continue;
            }
            int to = endOfAddress(bytes, at, end);
            if (to > 0 && mayBegin(bytes, start, at, to, end) && mayEnd(bytes, to, end)) {
                found.add(at, to);
                found.hideAllBut(0, bytes, at, to);
            }
            at = Math.max(at + 1, to);
            while (at < end && (Ascii.isDigit(bytes[at]) || bytes[at] == '.' && Ascii.isDigit(bytes[at - 1]))) {
                at++;
            }
        }
    }

    /** The end of four numbers that begin here, or -1. */
    static int endOfAddress(byte[] bytes, int start, int end) {
        int at = start;
        for (int part = 0; part < PARTS; part++) {
            if (part > 0) {
                if (at == end || bytes[at] != '.') {
                    return -1;
                }
                at++;
            }
            int from = at;
            int value = 0;
            while (at < end && at - from < 3 && Ascii.isDigit(bytes[at])) {
                value = 10 * value + bytes[at++] - '0';
            }
            boolean isNumber = at > from && value <= MOST && (at - from == 1 || bytes[from] != '0');
            if (!isNumber) {
                return -1;
            }
        }
        return at;
    }

    private static boolean mayEnd(byte[] bytes, int at, int end) {
        if (at == end) {
            return true;
        }
        if (bytes[at] == '.' || bytes[at] == '-') {
            boolean goesOn =
                    at + 1 < end && (bytes[at] == '.' ? Ascii.isWord(bytes[at + 1]) : Ascii.isLetter(bytes[at + 1]));
            return !goesOn;
        }
        return !Ascii.isWord(bytes[at]);
    }

    private static boolean mayBegin(byte[] bytes, int start, int at, int to, int end) {
        if (at == start) {
            return true;
        }
        byte before = bytes[at - 1];
        byte second = at - start >= 2 ? bytes[at - 2] : 0;
        if (before == '/' && Ascii.isLetter(second)) {
            boolean hasPort = to + 1 < end && bytes[to] == ':' && Ascii.isDigit(bytes[to + 1]);
            return hasPort || isHost(bytes, start, at - 1);
        }
        if (before == '-') {
            return !Ascii.isWord(second) || Ascii.isDigit(second);
        }
        return !Ascii.isWord(before) && before != '.' && !isVersion(bytes, start, at);
    }

    /** True if the word before a slash has a dot, as the name of a host has. */
    private static boolean isHost(byte[] bytes, int start, int slash) {
        for (int i = slash - 1; i >= Math.max(start, slash - LONGEST_WORD); i--) {
            if (bytes[i] == '.') {
                return true;
            }
            if (!Ascii.isWord(bytes[i]) && bytes[i] != '-') {
                return false;
            }
        }
        return false;
    }

    private static boolean isVersion(byte[] bytes, int start, int at) {
        int to = at;
        while (to > Math.max(start, at - 4) && " =:\"'".indexOf(bytes[to - 1]) >= 0) {
            to--;
        }
        for (byte[] version : VERSIONS) {
            if (to < at
                    && to - start >= version.length
                    && Ascii.startsWithInAnyCase(bytes, to - version.length, to, version)) {
                return true;
            }
        }
        return false;
    }
}
