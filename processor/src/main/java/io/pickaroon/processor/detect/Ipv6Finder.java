package io.pickaroon.processor.detect;

/**
 * IPv6 addresses (RFC 4291): eight groups, or a {@code ::} in place of some. Those that are shortened begin as addresses in use do
 * (global, local, multicast, {@code ::1} and those that hold an IPv4 address), so that times, hardware addresses and names of C++
 * are none. The colons stay.
 */
final class Ipv6Finder implements Finder {
    private static final int GROUPS = 8;

    @Override
    public void find(byte[] bytes, int start, int end, Places found) {
        int from = start;
        for (int at = start; at < end; at++) {
            if (bytes[at] == ':') {
                int runStart = at;
                while (runStart > from && Ascii.isHex(bytes[runStart - 1])) {
                    runStart--;
                }
                int runEnd = at;
                while (runEnd < end && (Ascii.isHex(bytes[runEnd]) || bytes[runEnd] == ':')) {
                    runEnd++;
                }
                findIn(bytes, start, runStart, runEnd, end, found);
                from = runEnd;
                at = runEnd;
            }
        }
    }

    /** @param runStart where hexadecimal digits and colons begin that stand together */
    private static void findIn(byte[] bytes, int start, int runStart, int runEnd, int end, Places found) {
        int from = runStart;
        if (from > start && isBeside(bytes[from - 1])) {
            // What belongs to the word before is a name, as in addr:2001:db8::1.
            while (from < runEnd && bytes[from] != ':') {
                from++;
            }
        }
        if (from + 1 < runEnd && bytes[from] == ':' && bytes[from + 1] != ':') {
            from++;
        } else if (from != runStart || from > start && isBeside(bytes[from - 1])) {
            return;
        }
        int to = runEnd;
        if (to < end && bytes[to] != '.' && isBeside(bytes[to])) {
            // So does what belongs to the word behind, as in 2001:db8::1:eth0.
            while (to > from && bytes[to - 1] != ':') {
                to--;
            }
        }
        if (to - from > 1 && bytes[to - 1] == ':' && bytes[to - 2] != ':') {
            to--;
        } else if (to < end && bytes[to] == '.') {
            to = endOfEmbedded(bytes, from, to, end);
        }
        if (to < end && isBeside(bytes[to]) && !(bytes[to] == '.' && (to + 1 == end || !Ascii.isWord(bytes[to + 1])))) {
            return;
        }
        if (isAddress(bytes, from, to)) {
            found.add(from, to);
            found.hideAllBut(0, bytes, from, to);
        }
    }

    private static int endOfEmbedded(byte[] bytes, int from, int to, int end) {
        int last = to;
        while (last > from && bytes[last - 1] != ':') {
            last--;
        }
        int embedded = Ipv4Finder.endOfAddress(bytes, last, end);
        return embedded < 0 ? to : embedded;
    }

    private static boolean isBeside(byte b) {
        return Ascii.isWord(b) || b == '.';
    }

    private static boolean isAddress(byte[] bytes, int from, int to) {
        int groups = 0;
        int gaps = 0;
        int digits = 0;
        boolean arePairs = true;
        for (int at = from; at < to; ) {
            if (bytes[at] == ':') {
                boolean isGap = at + 1 < to && bytes[at + 1] == ':';
                if (!isGap && (at == from || at + 1 == to)) {
                    return false;
                }
                gaps += isGap ? 1 : 0;
                at += isGap ? 2 : 1;
                if (isGap && at < to && bytes[at] == ':') {
                    return false;
                }
                continue;
            }
            int group = at;
            while (at < to && bytes[at] != ':' && bytes[at] != '.') {
                at++;
            }
            if (at < to && bytes[at] == '.') {
                groups += 2;
                digits++;
                arePairs = false;
                at = to;
                continue;
            }
            if (at - group > 4) {
                return false;
            }
            arePairs &= at - group == 2;
            groups++;
            digits++;
        }
        if (gaps == 0) {
            return groups == GROUPS && !arePairs;
        }
        return gaps == 1 && groups < GROUPS && digits > 0 && isInUse(bytes, from, to);
    }

    private static boolean isInUse(byte[] bytes, int from, int to) {
        if (bytes[from] == ':') {
            boolean isLoopback = to - from == 3 && bytes[from + 2] == '1';
            boolean isMapped = Ascii.startsWithInAnyCase(bytes, from, to, Ascii.bytes("::ffff:"));
            return isLoopback || isMapped || hasDot(bytes, from, to);
        }
        int group = from;
        while (bytes[group] != ':') {
            group++;
        }
        int length = group - from;
        int first = Ascii.lower(bytes[from]);
        int second = length > 1 ? Ascii.lower(bytes[from + 1]) : 0;
        boolean isGlobal = length == 4 && (first == '2' || first == '3');
        boolean isLocal = length == 4 && first == 'f' && "cdef".indexOf(second) >= 0;
        boolean isTranslated = Ascii.startsWithInAnyCase(bytes, from, to, Ascii.bytes("64:ff9b:"));
        return isGlobal || isLocal && hasDigit(bytes, from, to) || isTranslated;
    }

    private static boolean hasDot(byte[] bytes, int from, int to) {
        return Ascii.indexOf(bytes, from, to, new byte[] {'.'}) >= 0;
    }

    private static boolean hasDigit(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Ascii.isDigit(bytes[i])) {
                return true;
            }
        }
        return false;
    }
}
