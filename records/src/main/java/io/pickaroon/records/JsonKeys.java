package io.pickaroon.records;

import java.util.Arrays;

/**
 * The keys of the nodes of a {@link JsonTree} in UTF-8, one after the other. Allocates only to grow. Not thread-safe.
 */
final class JsonKeys {
    private final ByteBuilder bytes = new ByteBuilder(Integer.MAX_VALUE - 8);
    private int[] starts;
    private boolean haveDot;

    /** @param room for so many nodes */
    JsonKeys(int room) {
        starts = new int[room + 1];
    }

    /** Begins with a record, whose node 0 has no key. */
    void begin() {
        bytes.clear();
        haveDot = false;
        starts[1] = 0;
    }

    /** Makes room for so many nodes. */
    void grow(int room) {
        starts = Arrays.copyOf(starts, room + 1);
    }

    /** Appends the key of the next node, in which Jackson lets no half of a surrogate pair be. */
    void append(int node, String key) {
        for (int i = 0; i < key.length(); i++) {
            int c = key.charAt(i);
            if (c < 0x80) {
                bytes.append((byte) c);
                haveDot |= c == '.';
                continue;
            }
            int codePoint = key.codePointAt(i);
            i += Character.charCount(codePoint) - 1;
            bytes.appendCodePoint(codePoint);
        }
        starts[node + 1] = bytes.length();
    }

    /** Appends the number of an element as the key of the next node. */
    void append(int node, int index) {
        bytes.append(index);
        starts[node + 1] = bytes.length();
    }

    /** Whether a key of an object has a dot in it. */
    boolean haveDot() {
        return haveDot;
    }

    /** Length in bytes. */
    int length(int node) {
        return starts[node + 1] - starts[node];
    }

    void copy(int node, byte[] to, int at) {
        System.arraycopy(bytes.bytes(), starts[node], to, at, length(node));
    }

    /** Goes on with a hash, as {@link FieldNames} makes it. */
    int hash(int node, int before) {
        int hash = before;
        byte[] all = bytes.bytes();
        for (int i = starts[node]; i < starts[node + 1]; i++) {
            hash = FieldNames.hash(hash, all[i]);
        }
        return hash;
    }

    boolean areSame(int first, int second) {
        byte[] all = bytes.bytes();
        return Arrays.equals(all, starts[first], starts[first + 1], all, starts[second], starts[second + 1]);
    }
}
