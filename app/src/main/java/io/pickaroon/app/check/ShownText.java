package io.pickaroon.app.check;

import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.processor.directio.ByteText;
import java.util.Arrays;

/** Bytes for people: what is not UTF-8 and what commands a terminal as {@code \xHH}, and of much only the beginning. */
final class ShownText {
    /** Of longer texts only the beginning is shown. */
    static final int MOST_BYTES = 1000;

    private ShownText() {}

    static String of(byte[] bytes) {
        int most = bytes.length;
        if (most > MOST_BYTES) {
            most = MOST_BYTES;
            // Half a character at the cut is not shown.
            while (most > MOST_BYTES - 3 && (bytes[most] & 0xc0) == 0x80) {
                most--;
            }
        }
        String text = ByteText.printable(ByteText.decode(Arrays.copyOf(bytes, most)));
        return most == bytes.length ? text : text + "... (" + Quantities.count(bytes.length) + " bytes)";
    }
}
