package io.pickaroon.records;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Names of fields as bytes, and which index each has in the present record. Names that were not asked for are remembered from
 * one record to the next, so that a name that comes again needs no new array; when there are too many, all are forgotten. Not
 * thread-safe.
 */
final class FieldNames {
    static final int ABSENT = -1;

    private static final int FIRST_ENTRIES = 64;
    private static final int MOST_ENTRIES = 4_096;
    private static final int MOST_REMEMBERED_BYTES = 1 << 20;
    private static final int SEED = ThreadLocalRandom.current().nextInt();

    private final byte[][] wanted;
    private byte[][] names = new byte[FIRST_ENTRIES][];
    private int[] hashes = new int[FIRST_ENTRIES];
    private int[] indexes = new int[FIRST_ENTRIES];
    /** The record in which the index holds. */
    private long[] records = new long[FIRST_ENTRIES];

    private int size;
    private int rememberedBytes;
    /** Entries by hash, each plus one; twice as long as there is room for entries. */
    private int[] table = new int[2 * FIRST_ENTRIES];

    private long record;

    FieldNames(List<String> wanted) {
        this.wanted = wanted.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        forget();
    }

    /** The hash of no byte. */
    static int hash() {
        return SEED;
    }

    /** The hash of some bytes and one more. */
    static int hash(int before, byte next) {
        int mixed = (before ^ next) * 0x9E3779B1;
        return mixed ^ mixed >>> 15;
    }

    static int hash(byte[] bytes, int from, int to) {
        int hash = hash();
        for (int i = from; i < to; i++) {
            hash = hash(hash, bytes[i]);
        }
        return hash;
    }

    /** Begins with a record, of which only the names that were asked for have an index. */
    void begin() {
        record++;
        if (size > MOST_ENTRIES || rememberedBytes > MOST_REMEMBERED_BYTES) {
            forget();
        }
    }

    /** The index of a name, {@link #ABSENT} if it has none in this record. */
    int find(byte[] bytes, int from, int to, int hash) {
        int entry = table[slot(bytes, from, to, hash)] - 1;
        return entry >= 0 && (entry < wanted.length || records[entry] == record) ? indexes[entry] : ABSENT;
    }

    /**
     * Gives a name without an index one.
     *
     * @return the name in an array of its own, null if it is not UTF-8
     */
    byte[] add(byte[] bytes, int from, int to, int hash, int index) {
        int slot = slot(bytes, from, to, hash);
        int entry = table[slot] - 1;
        if (entry < 0) {
            byte[] name = Arrays.copyOfRange(bytes, from, to);
            if (!isUtf8(name)) {
                return null;
            }
            entry = insert(slot, name, hash);
        }
        indexes[entry] = index;
        records[entry] = record;
        return names[entry];
    }

    private void forget() {
        Arrays.fill(table, 0);
        Arrays.fill(names, null);
        size = 0;
        rememberedBytes = 0;
        for (byte[] name : wanted) {
            int hash = hash(name, 0, name.length);
            int entry = insert(slot(name, 0, name.length, hash), name, hash);
            indexes[entry] = entry;
        }
    }

    private int insert(int freeSlot, byte[] name, int hash) {
        int slot = freeSlot;
        if (size == names.length) {
            grow();
            slot = slot(name, 0, name.length, hash);
        }
        table[slot] = size + 1;
        names[size] = name;
        hashes[size] = hash;
        rememberedBytes += name.length;
        return size++;
    }

    private void grow() {
        int room = 2 * names.length;
        names = Arrays.copyOf(names, room);
        hashes = Arrays.copyOf(hashes, room);
        indexes = Arrays.copyOf(indexes, room);
        records = Arrays.copyOf(records, room);
        table = new int[2 * room];
        for (int entry = 0; entry < room / 2; entry++) {
            byte[] name = names[entry];
            table[slot(name, 0, name.length, hashes[entry])] = entry + 1;
        }
    }

    /** Where a name stands in the table, or would stand. */
    private int slot(byte[] bytes, int from, int to, int hash) {
        int mask = table.length - 1;
        int slot = hash & mask;
        while (table[slot] != 0 && !isName(table[slot] - 1, bytes, from, to, hash)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean isName(int entry, byte[] bytes, int from, int to, int hash) {
        return hashes[entry] == hash && Arrays.equals(names[entry], 0, names[entry].length, bytes, from, to);
    }

    private static boolean isUtf8(byte[] name) {
        for (byte b : name) {
            if (b < 0) {
                String text = new String(name, StandardCharsets.UTF_8);
                return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), name);
            }
        }
        return true;
    }
}
