package io.pickaroon.processor.directio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Texts that are really bytes, as names and arguments are on Linux: mostly UTF-8, but any bytes are allowed.
 *
 * <p>In memory a byte that is no UTF-8 is one lone surrogate, U+DC00 plus the byte, as in Python's {@code
 * surrogateescape} (PEP 383): nothing is lost, and no valid text has one. Outside it is written as {@code \xHH}, as bash
 * reads it in {@code $'..'}; a backslash that would otherwise begin such a text is {@code \x5c}. So the bytes come back if
 * each {@code \xHH}, from left to right, is replaced by its byte. What people read has control characters in the same form: a
 * name can neither begin a line nor command a terminal.
 */
public final class ByteText {
    private static final char FIRST_ESCAPE = '\udc80';
    private static final char LAST_ESCAPE = '\udcff';
    private static final int ESCAPE_BASE = 0xdc00;
    private static final HexFormat HEX = HexFormat.of();
    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9._/-]+");

    private ByteText() {}

    /** The text of any bytes. */
    public static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (ESCAPE_BASE + (in.get() & 0xff)));
            }
            decoder.reset();
        }
    }

    /** The bytes of a text that {@link #decode} has made, or of any other. */
    public static byte[] encode(String text) {
        if (isUtf8(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        text.codePoints().forEach(c -> {
            if (isEscape(c)) {
                bytes.write(c - ESCAPE_BASE);
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }

    /** True if the bytes of the text are UTF-8. */
    public static boolean isUtf8(String text) {
        return text.codePoints().noneMatch(ByteText::isEscape);
    }

    /** The text for people: as {@link #escaped}, with control characters as {@code \xHH} too. */
    public static String printable(String text) {
        return withoutControls(escaped(text));
    }

    /**
     * The text with each byte of its control characters as {@code \xHH}: those of ASCII, DEL, and U+0080 to U+009F. What is
     * printable already stays as it is.
     */
    public static String withoutControls(String text) {
        return replaceControls(text, _ -> true);
    }

    /** Like {@link #withoutControls}, for a text of several lines: they stay, and so do tabs. */
    public static String printableLines(String text) {
        return replaceControls(text, c -> c != '\n' && c != '\t');
    }

    private static String replaceControls(String text, IntPredicate which) {
        IntPredicate replaced = c -> Character.isISOControl(c) && which.test(c);
        if (text.chars().noneMatch(replaced)) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length() + 8);
        text.chars().forEach(c -> {
            if (replaced.test(c)) {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    printable.append("\\x").append(HEX.toHexDigits(b));
                }
            } else {
                printable.append((char) c);
            }
        });
        return printable.toString();
    }

    /** The text for programs: with each byte that is no UTF-8 as {@code \xHH}. */
    public static String escaped(String text) {
        if (isUtf8(text) && !text.contains("\\x")) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isEscape(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
                printable.append("\\x").append(HEX.toHexDigits((byte) c));
            } else if (c == '\\' && readsAsEscape(text, i)) {
                printable.append("\\x5c");
            } else {
                printable.append(c);
            }
        }
        return printable.toString();
    }

    /**
     * A word that a shell reads as the bytes of the text.
     *
     * @param printable what {@link #printable} has made
     */
    public static String shellWord(String printable) {
        if (PLAIN_WORD.matcher(printable).matches()) {
            return printable;
        }
        if (IntStream.range(0, printable.length())
                .noneMatch(i -> printable.charAt(i) == '\\' && readsAsEscape(printable, i))) {
            return "'" + printable.replace("'", "'\\''") + "'";
        }
        StringBuilder word = new StringBuilder("$'");
        for (int i = 0; i < printable.length(); i++) {
            char c = printable.charAt(i);
            boolean isPlain = c != '\'' && (c != '\\' || readsAsEscape(printable, i));
            word.append(isPlain ? "" : "\\").append(c);
        }
        return word.append('\'').toString();
    }

    private static boolean readsAsEscape(String text, int backslash) {
        return text.length() > backslash + 3
                && text.charAt(backslash + 1) == 'x'
                && HexFormat.isHexDigit(text.charAt(backslash + 2))
                && HexFormat.isHexDigit(text.charAt(backslash + 3));
    }

    /** A surrogate that is half of a pair is never a code point of its own. */
    private static boolean isEscape(int codePoint) {
        return codePoint >= FIRST_ESCAPE && codePoint <= LAST_ESCAPE;
    }
}
