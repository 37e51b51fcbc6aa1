package io.pickaroon.records.emit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Bytes as a text of JSON. Bytes that are not UTF-8 appear as U+FFFD, and a second text, beside the first, has all bytes in
 * base64. Stateless.
 */
public final class JsonText {
    private JsonText() {}

    /**
     * Writes a member of the open object, and if its bytes are not UTF-8, another one with {@code Base64} behind its name.
     *
     * @param to exclusive end
     */
    public static void write(JsonGenerator json, String name, byte[] bytes, int from, int to) throws IOException {
        write(json, new SerializedString(name), bytes, from, to);
    }

    static void write(JsonGenerator json, SerializableString name, byte[] bytes, int from, int to) throws IOException {
        json.writeFieldName(name);
        if (!writeValue(json, bytes, from, to)) {
            json.writeFieldName(name.getValue() + "Base64");
            json.writeBinary(bytes, from, to - from);
        }
    }

    /** Writes a text; returns whether it is UTF-8. */
    static boolean writeValue(JsonGenerator json, byte[] bytes, int from, int to) throws IOException {
        if (isAscii(bytes, from, to)) {
            json.writeUTF8String(bytes, from, to - from);
            return true;
        }
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        json.writeString(text);
        return text.indexOf('\uFFFD') < 0 || isUtf8(bytes, from, to);
    }

    static boolean isUtf8(byte[] bytes, int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return true;
        } catch (CharacterCodingException invalid) {
            return false;
        }
    }

    private static boolean isAscii(byte[] bytes, int from, int to) {
        int all = 0;
        for (int i = from; i < to; i++) {
            all |= bytes[i];
        }
        return all >= 0;
    }
}
