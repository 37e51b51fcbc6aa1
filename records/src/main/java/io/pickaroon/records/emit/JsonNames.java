package io.pickaroon.records.emit;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names of fields as names of JSON. Those that were seen lately are found again without being made. For one thread. */
final class JsonNames {
    /** A power of two. */
    private static final int KEPT = 256;

    private final byte[][] texts = new byte[KEPT][];
    private final SerializableString[] names = new SerializableString[KEPT];

    /** @param to exclusive end */
    SerializableString name(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        int place = hash & KEPT - 1;
        byte[] known = texts[place];
        if (known == null || !Arrays.equals(known, 0, known.length, bytes, from, to)) {
            texts[place] = Arrays.copyOfRange(bytes, from, to);
            names[place] = new SerializedString(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        }
        return names[place];
    }
}
