package io.pickaroon.processor.detect;

/**
 * Card verification values: three or four digits behind a name that ends in cvv, cvc, cvv2, cvc2 or security code. Hidden as a whole;
 * a number of JSON becomes zeros.
 */
final class CvvFinder implements Finder {
    private static final byte[] CVV = Ascii.bytes("cvv");
    private static final byte[] CVC = Ascii.bytes("cvc");
    private static final byte[] SECURITY = Ascii.bytes("security");
    private static final byte[] CODE = Ascii.bytes("code");

    /** How far behind a name a value is looked for. */
    private static final int FARTHEST = 64;

    private final NamedValue value = new NamedValue();

    @Override
    public void find(byte[] bytes, int start, int end, Places found) {
        for (int at = start; at < end; at++) {
            byte b = bytes[at];
            if (b == 'c' || b == 'C' || b == 's' || b == 'S') {
                int behind = endOfName(bytes, at, end);
                if (behind > 0) {
                    findValue(bytes, behind, end, found);
                    at = behind - 1;
                }
            }
        }
    }

    private void findValue(byte[] bytes, int behind, int end, Places found) {
        if (!value.read(bytes, behind, Math.min(end, behind + FARTHEST), true)) {
            return;
        }
        int to = value.start();
        while (to < value.end() && Ascii.isDigit(bytes[to])) {
            to++;
        }
        int digits = to - value.start();
        boolean ends = to == value.end() || !Ascii.isWord(bytes[to]) && bytes[to] != '.' && bytes[to] != '-';
        boolean endsSentence = to + 1 == value.end() && bytes[to] == '.';
        if (digits < 3 || digits > 4 || !ends && !endsSentence) {
            return;
        }
        if (value.isNumber()) {
            JsonNumber.hide(bytes, value.start(), value.end(), found);
        } else {
            found.addHidden(value.start(), to);
        }
    }

    private static int endOfName(byte[] bytes, int at, int end) {
        int behind = -1;
        if (Ascii.startsWithInAnyCase(bytes, at, end, CVV) || Ascii.startsWithInAnyCase(bytes, at, end, CVC)) {
            behind = at + CVV.length;
            behind += behind < end && bytes[behind] == '2' ? 1 : 0;
        } else if (Ascii.startsWithInAnyCase(bytes, at, end, SECURITY)) {
            int code = at + SECURITY.length;
            code += code < end && (bytes[code] == ' ' || bytes[code] == '_' || bytes[code] == '-') ? 1 : 0;
            behind = Ascii.startsWithInAnyCase(bytes, code, end, CODE) ? code + CODE.length : -1;
        }
        return behind;
    }
}
