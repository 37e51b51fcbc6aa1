package io.pickaroon.app.check;

import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.processor.directio.ByteText;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Bytes for people: what is not UTF-8 and what commands a terminal as {@code \xHH}, and of much only the beginning. */
final class ShownText {
    /** Of longer texts only the beginning is shown. */
    static final int MOST_BYTES = 1000;

    /** Formats of the plane of all scripts, and separators of lines and paragraphs. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Zl}\\p{Zp}&&[\\u0080-\\uffff]]");

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
        String text = withoutFormats(ByteText.printable(ByteText.decode(Arrays.copyOf(bytes, most))));
        return most == bytes.length ? text : text + "... (" + Quantities.count(bytes.length) + " bytes)";
    }

    /** Characters that change how others are shown, such as their direction, as escapes of Java. */
    private static String withoutFormats(String text) {
        return INVISIBLE
                .matcher(text)
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    }
}
