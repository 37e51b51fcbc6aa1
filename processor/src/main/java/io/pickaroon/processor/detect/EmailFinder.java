package io.pickaroon.processor.detect;

/**
 * Addresses of e-mail: an ASCII local part, and a domain of at least two labels of which the last one has no digits. The user and
 * the password of a URL are none, nor is the name of a picture as in {@code logo@2x.png}. The domain stays.
 */
final class EmailFinder implements Finder {
    private static final int DIGITS_OF_ESCAPE = 4;

    @Override
    public void find(byte[] bytes, int start, int end, Places found) {
        int from = start;
        for (int at = start; at < end; at++) {
            if (bytes[at] == '@') {
                int local = startOfLocal(bytes, from, at);
                int domain = endOfDomain(bytes, at + 1, end);
                if (local < at && domain > 0 && !Ascii.isMasked(bytes, local, at) && !isInUrl(bytes, from, local)) {
                    found.add(local, domain);
                    found.hide(local, at);
                }
                from = at + 1;
            }
        }
    }

    private static int startOfLocal(byte[] bytes, int start, int at) {
        int from = at;
        while (from > start && isOfLocal(bytes, start, from - 1)) {
            from--;
        }
        from = afterEscape(bytes, start, from, at);
        while (from < at && (bytes[from] == '.' || bytes[from] == '-' || bytes[from] == '\'')) {
            from++;
        }
        return bytes[at - (from < at ? 1 : 0)] == '.' ? at : from;
    }

    private static boolean isOfLocal(byte[] bytes, int start, int index) {
        byte b = bytes[index];
        return Ascii.isWord(b)
                || b == '.'
                || b == '-'
                || b == '+'
                || b == '%'
                || b == '\'' && index > start && Ascii.isAlnum(bytes[index - 1]);
    }

    /** In JSON, a letter after a backslash is part of an escape. */
    private static int afterEscape(byte[] bytes, int start, int from, int at) {
        int backslashes = 0;
        while (from - backslashes > start && bytes[from - backslashes - 1] == '\\') {
            backslashes++;
        }
        if (backslashes % 2 == 0 || from == at) {
            return from;
        }
        if (bytes[from] == 'u' && from + 1 + DIGITS_OF_ESCAPE <= at) {
            return from + 1 + DIGITS_OF_ESCAPE;
        }
        return "bfnrt".indexOf(bytes[from]) >= 0 ? from + 1 : from;
    }

    /** Where the longest domain ends, or -1. */
    private static int endOfDomain(byte[] bytes, int start, int end) {
        int labels = 0;
        int domain = -1;
        int from = start;
        while (true) {
            int to = from;
            boolean hasDigits = false;
            while (to < end && isOfLabel(bytes[to])) {
                hasDigits |= Ascii.isDigit(bytes[to]);
                to++;
            }
            while (to > from && bytes[to - 1] == '-') {
                to--;
            }
            if (to == from || bytes[from] == '-' || labels == 0 && isScale(bytes, from, to)) {
                return domain;
            }
            labels++;
            boolean isTop = to - from >= 2
                    && (!hasDigits || Ascii.startsWithInAnyCase(bytes, from, to, new byte[] {'x', 'n', '-', '-'}));
            if (labels > 1) {
                domain = isTop ? to : domain;
            }
            if (to == end || bytes[to] != '.') {
                return domain;
            }
            from = to + 1;
        }
    }

    private static boolean isOfLabel(byte b) {
        return Ascii.isAlnum(b) || b == '-' || b < 0;
    }

    private static boolean isScale(byte[] bytes, int from, int to) {
        return to - from == 2 && Ascii.isDigit(bytes[from]) && bytes[from + 1] == 'x';
    }

    /** True if the text before belongs to the user and password of a URL. */
    private static boolean isInUrl(byte[] bytes, int start, int local) {
        int at = local;
        while (at > start && bytes[at - 1] != '/' && !Ascii.isSpace(bytes[at - 1]) && bytes[at - 1] != '"') {
            at--;
        }
        return at - start >= 2 && bytes[at - 1] == '/' && bytes[at - 2] == '/';
    }
}
