package io.pickaroon.processor.detect;

/**
 * Access keys of AWS: ids, of which the four letters of their kind stay, and secrets of 40 characters, hidden as a whole, that stand
 * shortly behind the word {@code secret} or behind an id.
 */
final class AwsKeyFinder implements Finder {
    static final byte[] SECRET = Ascii.bytes("secret");
    private static final int ID_CHARACTERS = 20;
    private static final int KIND_CHARACTERS = 4;
    private static final int SECRET_CHARACTERS = 40;
    /** How far a secret may stand from the word, or the id, before it. */
    private static final int FARTHEST = 40;

    @Override
    public void find(byte[] bytes, int start, int end, Places found) {
        int searched = start;
        for (int at = start; at < end; at++) {
            int behind = -1;
            if (bytes[at] == 'A' && isId(bytes, start, at, end)) {
                behind = at + ID_CHARACTERS;
                found.add(at, behind);
                found.hide(at + KIND_CHARACTERS, behind);
            } else if ((bytes[at] | 0x20) == 's' && Ascii.startsWithInAnyCase(bytes, at, end, SECRET)) {
                behind = at + SECRET.length;
            }
            if (behind >= 0) {
                searched = findSecret(bytes, Math.max(searched, behind), behind, end, found);
                at = behind - 1;
            }
        }
    }

    private static boolean isId(byte[] bytes, int start, int at, int end) {
        if (end - at < ID_CHARACTERS || at > start && Ascii.isAlnum(bytes[at - 1])) {
            return false;
        }
        byte second = bytes[at + 1];
        byte third = bytes[at + 2];
        byte fourth = bytes[at + 3];
        boolean isKind = (second == 'K' || second == 'S') && third == 'I' && fourth == 'A'
                || second == 'B' && third == 'I' && fourth == 'A'
                || second == 'C' && third == 'C' && fourth == 'A'
                || second == '3' && third == 'T' && (Ascii.isUpper(fourth) || Ascii.isDigit(fourth));
        if (!isKind) {
            return false;
        }
        for (int i = at + KIND_CHARACTERS; i < at + ID_CHARACTERS; i++) {
            if (!Ascii.isUpper(bytes[i]) && !(bytes[i] >= '2' && bytes[i] <= '7')) {
                return false;
            }
        }
        return at + ID_CHARACTERS == end || !Ascii.isAlnum(bytes[at + ID_CHARACTERS]);
    }

    /** Looks for a secret that begins near enough. Returns up to where it has looked, so that no byte is looked at again. */
    private static int findSecret(byte[] bytes, int from, int behind, int end, Places found) {
        int at = from;
        while (at < end && at <= behind + FARTHEST) {
            if (!Ascii.isBase64(bytes[at])) {
                at++;
                continue;
            }
            int to = at;
            while (to < end && Ascii.isBase64(bytes[to])) {
                to++;
            }
            if (to - at == SECRET_CHARACTERS && isMixed(bytes, at, to)) {
                found.addHidden(at, to);
                return to;
            }
            at = to;
        }
        return Math.max(at, from);
    }

    /** True if it has letters in both cases, and so is neither a path nor a hash in hexadecimal digits. */
    private static boolean isMixed(byte[] bytes, int from, int to) {
        boolean hasUpper = false;
        boolean hasLower = false;
        boolean isHex = true;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            hasUpper |= Ascii.isUpper(b);
            hasLower |= Ascii.isLetter(b) && !Ascii.isUpper(b);
            isHex &= Ascii.isHex(b);
        }
        return hasUpper && hasLower && !isHex;
    }
}
