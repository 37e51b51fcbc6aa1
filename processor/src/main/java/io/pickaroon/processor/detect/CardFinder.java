package io.pickaroon.processor.detect;

/**
 * Numbers of payment cards. In a run of groups of digits, with single spaces or single dashes between them, each stretch of whole
 * groups is one that has an issuer's range and length and a valid check digit (Luhn), and beside which no letter, digit, dash, dot
 * or underscore stands; a dot that ends a sentence may. The last four digits stay, also of a number of JSON.
 */
final class CardFinder implements Finder {
    private static final int KEPT_DIGITS = 4;
    private static final int PREFIX_DIGITS = 6;
    private static final int UNKNOWN = -1;

    /** Where the record begins to be JSON, or {@link #UNKNOWN} as long as nothing depends on it. */
    private int json;

    @Override
    public void find(byte[] bytes, int start, int end, Places found) {
        json = UNKNOWN;
        int at = start;
        while (at < end) {
            if (Ascii.isDigit(bytes[at])) {
                int group = endOfGroup(bytes, at, end);
                if (mayBegin(bytes, start, at)) {
                    findFrom(at, group, bytes, start, end, found);
                }
                at = group;
            } else {
                at++;
            }
        }
    }

    /** Looks at the stretches that begin with a group: at most as many as a card has digits. */
    private void findFrom(int first, int endOfFirst, byte[] bytes, int start, int end, Places found) {
        int digits = 0;
        int from = first;
        int to = endOfFirst;
        while (true) {
            digits += to - from;
            if (digits > CardIssuers.LONGEST) {
                return;
            }
            if (digits >= CardIssuers.SHORTEST && isCard(bytes, first, to, digits) && mayEnd(bytes, to, end)) {
                found.add(first, to);
                if (to - first == digits && isJsonNumber(bytes, start, first, to, end)) {
                    JsonNumber.hideAllBut(KEPT_DIGITS, first, to, found);
                } else {
                    found.hideAllBut(KEPT_DIGITS, bytes, first, to);
                }
            }
            boolean goesOn = to + 1 < end && (bytes[to] == ' ' || bytes[to] == '-') && Ascii.isDigit(bytes[to + 1]);
            if (!goesOn) {
                return;
            }
            from = to + 1;
            to = endOfGroup(bytes, from, Math.min(end, from + CardIssuers.LONGEST + 1));
        }
    }

    private boolean isJsonNumber(byte[] bytes, int start, int from, int to, int end) {
        json = json == UNKNOWN ? JsonNumber.startOfJson(bytes, start, end) : json;
        return JsonNumber.isAt(bytes, start, from, to, end, json);
    }

    private static int endOfGroup(byte[] bytes, int from, int end) {
        int to = from;
        while (to < end && Ascii.isDigit(bytes[to])) {
            to++;
        }
        return to;
    }

    private static boolean isCard(byte[] bytes, int start, int end, int digits) {
        int sum = 0;
        int first = 0;
        int index = 0;
        for (int i = start; i < end; i++) {
            if (Ascii.isDigit(bytes[i])) {
                int digit = bytes[i] - '0';
                first = index < PREFIX_DIGITS ? 10 * first + digit : first;
                boolean doubled = (digits - index & 1) == 0;
                sum += doubled ? digit > 4 ? 2 * digit - 9 : 2 * digit : digit;
                index++;
            }
        }
        return sum % 10 == 0 && CardIssuers.have(first, digits);
    }

    private static boolean mayBegin(byte[] bytes, int start, int at) {
        return at == start || !isBeside(bytes[at - 1]);
    }

    private static boolean mayEnd(byte[] bytes, int at, int end) {
        if (at == end || !isBeside(bytes[at])) {
            return true;
        }
        return bytes[at] == '.' && (at + 1 == end || !isBeside(bytes[at + 1]));
    }

    private static boolean isBeside(byte b) {
        return Ascii.isWord(b) || b == '-' || b == '.';
    }
}
