package io.pickaroon.processor.detect;

/**
 * Private keys in PEM (RFC 7468, and those of OpenSSL, OpenSSH and PGP), over several lines. What stands between the lines that
 * begin and end it is hidden; of a key without an end, all that can belong to it.
 */
final class PrivateKeyFinder implements Finder {
    private static final byte[] BEGIN = Ascii.bytes("-----BEGIN ");
    private static final byte[] END = Ascii.bytes("-----END ");
    private static final byte[] PRIVATE_KEY = Ascii.bytes("PRIVATE KEY");
    private static final byte[] DASHES = Ascii.bytes("-----");
    private static final int LONGEST_LABEL = 64;
    /** A body without so many characters in a row is prose. */
    private static final int SHORTEST_RUN = 16;

    @Override
    public void find(byte[] bytes, int start, int end, Places found) {
        int at = Ascii.indexOf(bytes, start, end, BEGIN);
        while (at >= 0) {
            int label = at + BEGIN.length;
            int labelEnd = Ascii.indexOf(bytes, label, Math.min(end, label + LONGEST_LABEL), DASHES);
            int next = label;
            if (labelEnd >= 0 && Ascii.indexOf(bytes, label, labelEnd, PRIVATE_KEY) >= 0) {
                int body = labelEnd + DASHES.length;
                int footer = endOfBody(bytes, body, end);
                if (hasKey(bytes, body, footer) && !Ascii.isMasked(bytes, body, footer)) {
                    found.add(at, footer);
                    found.hide(body, footer);
                }
                next = footer;
            }
            at = Ascii.indexOf(bytes, next, end, BEGIN);
        }
    }

    /** Where the line stands that ends the key; else where bytes end that a key can have. */
    private static int endOfBody(byte[] bytes, int body, int end) {
        int at = body;
        while (at < end && isOfBody(bytes[at])) {
            if (bytes[at] == '-' && Ascii.startsWith(bytes, at, end, END)) {
                return at;
            }
            if (bytes[at] == '-' && Ascii.startsWith(bytes, at, end, BEGIN)) {
                return at;
            }
            at++;
        }
        while (at > body && bytes[at - 1] == '\\') {
            at--;
        }
        return at;
    }

    private static boolean hasKey(byte[] bytes, int from, int to) {
        int run = 0;
        for (int i = from; i < to && run < SHORTEST_RUN; i++) {
            run = Ascii.isBase64(bytes[i]) ? run + 1 : 0;
        }
        return run == SHORTEST_RUN;
    }

    /** Of base64 and headers, of ends of lines and of escapes of them. */
    private static boolean isOfBody(byte b) {
        return Ascii.isBase64(b) || Ascii.isSpace(b) || "=\\:,.-*#()_".indexOf(b) >= 0;
    }
}
