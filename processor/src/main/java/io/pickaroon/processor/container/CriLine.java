package io.pickaroon.processor.container;

import static io.pickaroon.processor.file.StreamPlaces.STDERR;
import static io.pickaroon.processor.file.StreamPlaces.STDOUT;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A line of the container runtime interface, as kubelet reads it: time, stream, tags, text, with a space between each. Of the
 * tags, which colons separate, the first one counts: {@code F} for the last line of a message, {@code P} for the others.
 */
final class CriLine implements LineSyntax {
    private static final byte[] OUT = "stdout ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERR = "stderr ".getBytes(StandardCharsets.US_ASCII);
    /** Of a time, {@code 0} stands for any digit. */
    private static final byte[] TIME = "0000-00-00T00:00:00".getBytes(StandardCharsets.US_ASCII);

    private static final int MOST_TIME_BYTES = 64;

    @Override
    public boolean parse(byte[] bytes, int from, int to, LineParts parts) {
        int timeEnd = timeEnd(bytes, from, to);
        if (timeEnd < 0) {
            return false;
        }
        int stream = timeEnd + 1;
        boolean isOut = startsWith(OUT, bytes, stream, to);
        if (!isOut && !startsWith(ERR, bytes, stream, to)) {
            return false;
        }
        int tag = stream + OUT.length;
        if (tag >= to || bytes[tag] != 'F' && bytes[tag] != 'P') {
            return false;
        }
        int tagEnd = tag + 1;
        if (tagEnd < to && bytes[tagEnd] == ':') {
            while (tagEnd < to && bytes[tagEnd] != ' ') {
                tagEnd++;
            }
        }
        if (tagEnd < to && bytes[tagEnd] != ' ') {
            return false;
        }
        parts.stream = isOut ? STDOUT : STDERR;
        parts.endsMessage = bytes[tag] == 'F';
        parts.timeStart = from;
        parts.timeEnd = timeEnd;
        parts.textStart = Math.min(to, tagEnd + 1);
        parts.textEnd = to;
        parts.textLength = to - parts.textStart;
        parts.returnBytes = parts.textLength > 0 && bytes[to - 1] == '\r' ? 1 : 0;
        return true;
    }

    /** Exclusive end of a time in RFC 3339, which a space follows; negative if there is none. */
    private static int timeEnd(byte[] bytes, int from, int to) {
        if (to - from <= TIME.length) {
            return -1;
        }
        for (int i = 0; i < TIME.length; i++) {
            byte at = bytes[from + i];
            if (TIME[i] == '0' ? at < '0' || at > '9' : at != TIME[i]) {
                return -1;
            }
        }
        int stop = Math.min(to, from + MOST_TIME_BYTES);
        for (int i = from + TIME.length; i < stop; i++) {
            if (bytes[i] == ' ') {
                return i;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] text, byte[] bytes, int from, int to) {
        return to - from >= text.length && Arrays.equals(text, 0, text.length, bytes, from, from + text.length);
    }

    @Override
    public int copyText(byte[] bytes, int from, int to, byte[] target, int at, int most) {
        int length = Math.min(most, to - from);
        System.arraycopy(bytes, from, target, at, length);
        return length;
    }
}
