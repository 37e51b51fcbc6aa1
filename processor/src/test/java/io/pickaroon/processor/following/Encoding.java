package io.pickaroon.processor.following;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;

/** How an application's text, of which the model has the bytes that are read, is stored in its files. */
enum Encoding {
    AS_IT_IS(ISO_8859_1),
    LITTLE_ENDIAN(UTF_16LE),
    BIG_ENDIAN(UTF_16BE);

    private static final String MARK = "\ufeff";

    private final Charset charset;

    Encoding(Charset charset) {
        this.charset = charset;
    }

    boolean isDecoded() {
        return this != AS_IT_IS;
    }

    /** What fills a token up: characters that take one byte or more when they are read. */
    String filler(int kind) {
        String character = new String[] {"x", "\u00e9", "\u20ac", "\ud83d\ude00"}[isDecoded() ? kind : 0];
        return new String(character.getBytes(UTF_8), ISO_8859_1);
    }

    /** A text, or the end of one, as it is stored. */
    byte[] stored(String read, boolean isStart) {
        if (!isDecoded()) {
            return read.getBytes(charset);
        }
        return ((isStart ? MARK : "") + new String(read.getBytes(ISO_8859_1), UTF_8)).getBytes(charset);
    }

    /** What is read of a whole file. */
    String read(byte[] stored) {
        String text = new String(stored, charset);
        return isDecoded() && !text.isEmpty() ? new String(text.substring(1).getBytes(UTF_8), ISO_8859_1) : text;
    }
}
