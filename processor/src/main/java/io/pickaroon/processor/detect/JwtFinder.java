package io.pickaroon.processor.detect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** JSON Web Tokens: three parts in base64url, of which the first one decodes to a JSON object with {@code alg}. Hidden as a whole. */
final class JwtFinder implements Finder {
    /** What an opening brace and a quote become. */
    private static final byte[] OBJECT = Ascii.bytes("eyJ");

    private static final int LONGEST_HEADER = 4096;

    @Override
    public void find(byte[] bytes, int start, int end, Places found) {
        for (int at = Ascii.indexOf(bytes, start, end, OBJECT); at >= 0; ) {
            int header = endOfPart(bytes, at, end);
            int to = -1;
            if ((at == start || !Ascii.isBase64Url(bytes[at - 1])) && isDot(bytes, header, end)) {
                int payload = endOfPart(bytes, header + 1, end);
                int signature = isDot(bytes, payload, end) ? endOfPart(bytes, payload + 1, end) : -1;
                boolean isSigned = signature > payload + 1
                        || signature > 0 && Ascii.startsWith(bytes, header + 1, payload, OBJECT);
                to = payload > header + 1 && isSigned && isHeader(bytes, at, header) ? signature : -1;
            }
            if (to > 0) {
                found.addHidden(at, to);
            }
            at = Ascii.indexOf(bytes, Math.max(header, to), end, OBJECT);
        }
    }

    private static boolean isDot(byte[] bytes, int at, int end) {
        return at < end && bytes[at] == '.';
    }

    private static int endOfPart(byte[] bytes, int from, int end) {
        int to = from;
        while (to < end && Ascii.isBase64Url(bytes[to])) {
            to++;
        }
        return to;
    }

    private static boolean isHeader(byte[] bytes, int from, int to) {
        if (to - from > LONGEST_HEADER || (to - from) % 4 == 1) {
            return false;
        }
        byte[] json = Base64.getUrlDecoder().decode(Arrays.copyOfRange(bytes, from, to));
        return new String(json, StandardCharsets.ISO_8859_1).contains("\"alg\"");
    }
}
