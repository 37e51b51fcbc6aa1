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

    private static final byte[] SECURITY_NAME = Ascii.bytes("security");
    private static final byte[] BEARER_WORD = Ascii.bytes("bearer");
    private static final byte[] BEGIN_OF_KEY = Ascii.bytes("-----BEGIN ");
    private static final byte[] HOOKS_OF_SLACK = Ascii.bytes("hooks.slack.com/services/");
    private static final byte[] GITHUB_PAT = Ascii.bytes("github_pat_");

    private final int asked;
    /** The bytes at which the pass stops: for each the same byte, or '0' for digits and a small letter for letters; 0 for others. */
    private final byte[] stops = new byte[256];

    private byte[] bytes;
    /** Where the last pass has begun, and the byte that it ended at since it tells of something, which it is a part of. */
    private int passStart;

    private int place;
    /** The state in which it has ended. */
    private int at;

    private int found;
    private int digits;
    private int nextGroup;
    private int colons;
    private int lastColon;
    /** The record that the pass was taken through to its end; the end is -1 if there is none. */
    private int recordStart;

    private int recordEnd = -1;

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
        stopAt("Cc", AWS_KEY, 'c');
        for (char letter : PasswordName.rareLetters().toCharArray()) {
            stopAt("" + Character.toUpperCase(letter) + letter, PASSWORD, letter);
        }
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

    /** Forgets what the last pass has seen: the bytes are others. */
    public void begin(byte[] newBytes) {
        bytes = newBytes;
        recordEnd = -1;
        found = 0;
    }

    /** Index of a byte at or after {@code from} that belongs to the first thing that may be found in {@code [from, to)}, or -1. */
    public int next(int from, int to) {
        startAt(from);
        pass(to, true);
        return found == 0 ? -1 : place;
    }

    /**
     * True if something may be found in a record. The pass of {@link #next} goes on to the end of the record if it has ended in it,
     * so that no byte is looked at twice.
     */
    public boolean lookAt(int start, int end) {
        if (found == 0 || start < passStart || place < start || place >= end) {
            startAt(start);
        }
        pass(end, false);
        recordStart = start;
        recordEnd = end;
        return found != 0;
    }

    /** True if the last record that was looked at is this one. */
    @SuppressWarnings("ReferenceEquality") // the same array, not an equal one
    boolean hasSeen(byte[] otherBytes, int start, int end) {
        return otherBytes == bytes && start == recordStart && end == recordEnd;
    }

    /** A bit for each detector that may find something in the last record that was looked at. */
    int found() {
        return found;
    }

    /** A bit for each detector that may find something in {@code [start, end)}. */
    int in(byte[] newBytes, int start, int end) {
        begin(newBytes);
        lookAt(start, end);
        return found;
    }

    int asked() {
        return asked;
    }

    private void startAt(int start) {
        passStart = start;
        recordEnd = -1;
        at = start;
        found = 0;
        digits = 0;
        nextGroup = -1;
        colons = 0;
        lastColon = start - FARTHEST_COLON;
    }

    /** Goes on to {@code end}, or to behind the first byte that tells of something. */
    private void pass(int end, boolean endsAtFirst) {
        byte[] stopOf = stops;
        byte[] all = bytes;
        int start = passStart;
        int next = at;
        while (next < end) {
            byte stop = stopOf[all[next] & 0xff];
            if (stop == 0) {
                next++;
                continue;
            }
            int seen;
            int tells = next;
            if (stop == '0') {
                do {
                    next++;
                } while (next < end && stopOf[all[next] & 0xff] == '0');
                seen = ofDigits(all, start, tells, next, end);
                tells = Math.max(tells, digits < CardIssuers.SHORTEST ? 0 : next - 1 - (digits - CardIssuers.SHORTEST));
            } else {
                seen = stop == ':' ? ofColon(next) : ofStop(stop, all, start, next, end);
                next++;
            }
            if ((seen & asked) != 0) {
                place = found == 0 ? tells : place;
                found |= seen & asked;
                if (endsAtFirst) {
                    break;
                }
            }
        }
        at = next;
    }

    private int ofDigits(byte[] all, int start, int from, int to, int end) {
        digits = (from == nextGroup ? digits : 0) + to - from;
        nextGroup = to < end && (all[to] == ' ' || all[to] == '-') ? to + 1 : -1;
        boolean isIban =
                to - from > 1 && from - start > 1 && Ascii.isUpper(all[from - 1]) && Ascii.isUpper(all[from - 2]);
        return (digits >= CardIssuers.SHORTEST ? CARD : 0) | (isIban ? IBAN : 0);
    }

    private int ofColon(int colon) {
        colons = colon - lastColon <= FARTHEST_COLON ? colons + 1 : 1;
        boolean isDouble = lastColon == colon - 1;
        lastColon = colon;
        return colons >= FEWEST_COLONS || isDouble ? IPV6 : 0;
    }

    private static int ofStop(byte stop, byte[] bytes, int start, int at, int end) {
        int next = at + 1 < end ? bytes[at + 1] : 0;
        return switch (stop) {
            case '.' -> ofDot(next, bytes, start, at, end);
            case '-' -> ofDash(bytes, start, at, end);
            case '_' -> ofUnderscore(bytes, start, at, end);
            case '@' -> EMAIL | PASSWORD;
            case '+' -> next >= '1' && next <= '9' ? PHONE : 0;
            case 'w' -> PasswordName.isAround('w', bytes, start, at, end) ? PASSWORD : 0;
            case 'c' ->
                (PasswordName.isAround('c', bytes, start, at, end) ? PASSWORD : 0)
                        | (isAround(AwsKeyFinder.SECRET, 2, bytes, start, at, end) ? AWS_KEY : 0);
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
