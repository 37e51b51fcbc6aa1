package io.pickaroon.processor.detect;

import java.util.List;

/**
 * Tells in one pass over bytes where detectors may find something, and which. It stops only at bytes that are rare, or that what is
 * looked for cannot do without, and looks at some bytes beside them: a dot between digits, the {@code w} of a password. Where it sees
 * nothing there is nothing; where it sees something there may be nothing all the same. Used by one thread at a time; allocates
 * nothing.
 */
public final class Candidates {
    private static final int CARD = bit(Detector.CARD);
    private static final int IBAN = bit(Detector.IBAN);
    private static final int EMAIL = bit(Detector.EMAIL);
    private static final int IPV4 = bit(Detector.IPV4);
    private static final int IPV6 = bit(Detector.IPV6);
    private static final int PHONE = bit(Detector.PHONE);
    private static final int JWT = bit(Detector.JWT);
    private static final int AWS_KEY = bit(Detector.AWS_KEY);
    private static final int GITHUB_TOKEN = bit(Detector.GITHUB_TOKEN);
    private static final int SLACK_TOKEN = bit(Detector.SLACK_TOKEN);
    private static final int STRIPE_KEY = bit(Detector.STRIPE_KEY);
    private static final int PRIVATE_KEY = bit(Detector.PRIVATE_KEY);
    private static final int BEARER = bit(Detector.BEARER);
    private static final int PASSWORD = bit(Detector.PASSWORD);
    private static final int US_SSN = bit(Detector.US_SSN);
    private static final int CVV = bit(Detector.CVV);

    /** Colons of an IPv6 address that is not shortened, and ends as one of IPv4 does; and how far one is from the next. */
    private static final int FEWEST_COLONS = 6;

    private static final int FARTHEST_COLON = 5;

    private static final byte[] PASSWORD_NAME = Ascii.bytes("password");
    private static final byte[] PASSWD_NAME = Ascii.bytes("passwd");
    private static final byte[] PWD_NAME = Ascii.bytes("pwd");
    private static final byte[] SECRET_NAME = Ascii.bytes("secret");
    private static final byte[] SECURITY_NAME = Ascii.bytes("security");
    private static final byte[] BEARER_WORD = Ascii.bytes("bearer");
    private static final byte[] BEGIN_OF_KEY = Ascii.bytes("-----BEGIN ");
    private static final byte[] HOOKS_OF_SLACK = Ascii.bytes("hooks.slack.com/services/");
    private static final byte[] GITHUB_PAT = Ascii.bytes("github_pat_");

    private final int asked;
    /** The bytes at which the pass stops: for each the same byte, or '0' for digits and a small letter for letters; 0 for others. */
    private final byte[] stops = new byte[256];

    /** Where the last pass has ended: at the byte that tells of something, which is a part of it. */
    private int place;

    public Candidates(List<Detector> detectors) {
        int bits = 0;
        for (Detector detector : detectors) {
            bits |= bit(detector);
        }
        this.asked = bits;
        stopAt("0123456789", CARD | IBAN, '0');
        stopAt(".", IPV4 | SLACK_TOKEN, '.');
        stopAt(":", IPV6, ':');
        stopAt("-", US_SSN | SLACK_TOKEN, '-');
        stopAt("_", GITHUB_TOKEN | STRIPE_KEY, '_');
        stopAt("@", EMAIL | PASSWORD, '@');
        stopAt("+", PHONE, '+');
        stopAt("Ww", PASSWORD, 'w');
        stopAt("Cc", PASSWORD | AWS_KEY, 'c');
        stopAt("Vv", CVV, 'v');
        stopAt("Yy", CVV, 'y');
        stopAt("J", JWT, 'J');
        stopAt("A", AWS_KEY, 'A');
        stopAt("Bb", BEARER | PRIVATE_KEY, 'b');
    }

    private void stopAt(String bytes, int detectors, char stop) {
        for (byte b : Ascii.bytes((asked & detectors) == 0 ? "" : bytes)) {
            stops[b] = (byte) stop;
        }
    }

    static int bit(Detector detector) {
        return 1 << detector.ordinal();
    }

    /** Index of a byte at or after {@code from} that belongs to the first thing that may be found in {@code [from, to)}, or -1. */
    public int next(byte[] bytes, int from, int to) {
        return pass(bytes, from, to, true) == 0 ? -1 : place;
    }

    /** A bit for each detector that may find something in {@code [start, end)}. */
    int in(byte[] bytes, int start, int end) {
        return pass(bytes, start, end, false);
    }

    private int pass(byte[] bytes, int start, int end, boolean endsAtFirst) {
        byte[] stopOf = stops;
        int found = 0;
        int digits = 0;
        int nextGroup = -1;
        int colons = 0;
        int lastColon = start - FARTHEST_COLON;
        int at = start;
        while (at < end) {
            byte stop = stopOf[bytes[at] & 0xff];
            if (stop == 0) {
                at++;
                continue;
            }
            int seen;
            int tells = at;
            if (stop == '0') {
                int from = at;
                do {
                    at++;
                } while (at < end && stopOf[bytes[at] & 0xff] == '0');
                digits = (from == nextGroup ? digits : 0) + at - from;
                nextGroup = at < end && (bytes[at] == ' ' || bytes[at] == '-') ? at + 1 : -1;
                seen = ofDigits(digits, bytes, start, from, at);
                tells = digits < CardIssuers.SHORTEST ? from : Math.max(from, at - 1 - (digits - CardIssuers.SHORTEST));
            } else {
                if (stop == ':') {
                    colons = at - lastColon <= FARTHEST_COLON ? colons + 1 : 1;
                    seen = colons >= FEWEST_COLONS || lastColon == at - 1 ? IPV6 : 0;
                    lastColon = at;
                } else {
                    seen = ofStop(stop, bytes, start, at, end);
                }
                at++;
            }
            if (seen != 0) {
                found |= seen & asked;
                if (endsAtFirst && found != 0) {
                    place = tells;
                    return found;
                }
            }
        }
        return found;
    }

    private static int ofDigits(int digits, byte[] bytes, int start, int from, int to) {
        boolean isIban =
                to - from > 1 && from - start > 1 && Ascii.isUpper(bytes[from - 1]) && Ascii.isUpper(bytes[from - 2]);
        return (digits >= CardIssuers.SHORTEST ? CARD : 0) | (isIban ? IBAN : 0);
    }

    private static int ofStop(byte stop, byte[] bytes, int start, int at, int end) {
        int next = at + 1 < end ? bytes[at + 1] : 0;
        return switch (stop) {
            case '.' -> ofDot(next, bytes, start, at, end);
            case '-' -> ofDash(bytes, start, at, end);
            case '_' -> ofUnderscore(bytes, start, at, end);
            case '@' -> EMAIL | PASSWORD;
            case '+' -> next >= '1' && next <= '9' ? PHONE : 0;
            case 'w' -> ofW(next | 0x20, bytes, start, at, end);
            case 'c' ->
                (next | 0x20) == 'r' && isAround(SECRET_NAME, 2, bytes, start, at, end) ? PASSWORD | AWS_KEY : 0;
            case 'v' ->
                ((next | 0x20) == 'v' || (next | 0x20) == 'c') && at > start && (bytes[at - 1] | 0x20) == 'c' ? CVV : 0;
            case 'y' -> isAround(SECURITY_NAME, 7, bytes, start, at, end) ? CVV : 0;
            case 'J' -> at - start > 1 && bytes[at - 1] == 'y' && bytes[at - 2] == 'e' ? JWT : 0;
            case 'A' -> "KSBC3".indexOf(next) >= 0 && at + 2 < end && "ICT".indexOf(bytes[at + 2]) >= 0 ? AWS_KEY : 0;
            default -> (next | 0x20) == 'e' ? ofB(bytes, start, at, end) : 0;
        };
    }

    /** The first dot of an IPv4 address, or that of a host. */
    private static int ofDot(int next, byte[] bytes, int start, int at, int end) {
        if (next >= '0' && next <= '9') {
            int second = at + 2;
            while (second < end && second - at < 4 && Ascii.isDigit(bytes[second])) {
                second++;
            }
            return second < end && bytes[second] == '.' && at > start && Ascii.isDigit(bytes[at - 1]) ? IPV4 : 0;
        }
        return next == 's' && stands(HOOKS_OF_SLACK, 5, bytes, start, at, end) ? SLACK_TOKEN : 0;
    }

    /** The first dash of a social security number, or that of a prefix. */
    private static int ofDash(byte[] bytes, int start, int at, int end) {
        if (at - start < 3 || at + 3 >= end) {
            return 0;
        }
        if (bytes[at + 3] == '-' && Ascii.isDigit(bytes[at - 1]) && Ascii.isDigit(bytes[at + 1])) {
            return at - start == 3 || !Ascii.isDigit(bytes[at - 4]) ? US_SSN : 0;
        }
        if (at - start == 3 || bytes[at - 4] != 'x') {
            return 0;
        }
        byte third = bytes[at - 2];
        return third == 'x' && bytes[at - 3] == 'o' || third == 'p' && bytes[at - 3] == 'a' ? SLACK_TOKEN : 0;
    }

    private static int ofUnderscore(byte[] bytes, int start, int at, int end) {
        if (at - start < 2 || at + 5 >= end) {
            return 0;
        }
        if (bytes[at - 1] == 'k') {
            return bytes[at + 5] == '_' ? STRIPE_KEY : 0;
        }
        boolean isPrefix = at - start > 2 && bytes[at - 2] == 'h' && bytes[at - 3] == 'g'
                || bytes[at - 1] == 'b' && stands(GITHUB_PAT, 6, bytes, start, at, end);
        return isPrefix ? GITHUB_TOKEN : 0;
    }

    private static int ofW(int next, byte[] bytes, int start, int at, int end) {
        boolean isName = next == 'o'
                ? isAround(PASSWORD_NAME, 4, bytes, start, at, end)
                : next == 'd'
                        && (isAround(PWD_NAME, 1, bytes, start, at, end)
                                || isAround(PASSWD_NAME, 4, bytes, start, at, end));
        return isName ? PASSWORD : 0;
    }

    private static int ofB(byte[] bytes, int start, int at, int end) {
        boolean isBearer = isAround(BEARER_WORD, 0, bytes, start, at, end);
        return (isBearer ? BEARER : 0) | (stands(BEGIN_OF_KEY, 5, bytes, start, at, end) ? PRIVATE_KEY : 0);
    }

    /** True if a text stands here of which some bytes are before this one. */
    private static boolean stands(byte[] text, int before, byte[] bytes, int start, int at, int end) {
        return at - before >= start && Ascii.startsWith(bytes, at - before, end, text);
    }

    /** The same in any case. */
    private static boolean isAround(byte[] lower, int before, byte[] bytes, int start, int at, int end) {
        return at - before >= start && Ascii.startsWithInAnyCase(bytes, at - before, end, lower);
    }
}
