package io.pickaroon.records;

import io.pickaroon.records.JsonRecord.Found;
import java.util.Arrays;

/**
 * All keys and elements of one record: a node for each, numbered in the order of the record. The name of a node is the keys
 * that lead to it with dots between them. Of nodes with the same name one counts, by the rules of {@link JsonFieldParser}:
 * {@link #settle} finds it.
 *
 * <p>Allocates only to grow, up to some 4 MiB and the keys of a record. Not thread-safe.
 */
final class JsonTree {
    /** The record itself. */
    static final int ROOT = 0;

    private static final int FIRST_NODES = 64;
    private static final int MOST_NODES = 1 << 16;

    private final int mostNameBytes;

    private final byte[] firstName;
    private final byte[] secondName;

    private int size;
    private int[] parents = new int[FIRST_NODES];
    private int[] nameLengths = new int[FIRST_NODES];
    private int[] hashes = new int[FIRST_NODES];
    private Found[] kinds = new Found[FIRST_NODES];
    private int[] starts = new int[FIRST_NODES];
    private int[] ends = new int[FIRST_NODES];
    private final JsonKeys keys = new JsonKeys(FIRST_NODES);

    /**
     * Nodes by hash: by parent and key, and when all are known, by their names. 0 where there is none. At most half of it is
     * full. Only the part up to the mask is used, since it is emptied for each record.
     */
    private int[] table = new int[2 * FIRST_NODES];

    private int mask = table.length - 1;

    private boolean hasTwice;

    /** @param mostNameBytes length of the longest name that is asked for */
    JsonTree(int mostNameBytes) {
        this.mostNameBytes = mostNameBytes;
        this.firstName = new byte[mostNameBytes];
        this.secondName = new byte[mostNameBytes];
    }

    /** Begins with a record. */
    void begin() {
        if (size < mask / 8 && mask >= 2 * FIRST_NODES) {
            mask /= 2;
        }
        keys.begin();
        Arrays.fill(table, 0, mask + 1, 0);
        hasTwice = false;
        size = 1;
        kinds[ROOT] = Found.NO_VALUE;
        nameLengths[ROOT] = -1;
        hashes[ROOT] = FieldNames.hash();
    }

    /** Number of nodes, {@link #ROOT} included. */
    int size() {
        return size;
    }

    /** Whether no node can be added. */
    boolean isFull() {
        return size == MOST_NODES;
    }

    /** Adds a key of an object. One that came before with the same name counts no more, and nothing in it. */
    int add(int parent, String key) {
        int node = newNode(parent);
        keys.append(node, key);
        finish(node);
        int slot = slot(place(node));
        while (table[slot] != 0 && !isSameKey(table[slot], node)) {
            slot = slot + 1 & mask;
        }
        if (table[slot] != 0) {
            kinds[table[slot]] = Found.NOTHING;
            hasTwice = true;
        }
        table[slot] = node;
        return node;
    }

    /** Adds an element of an array. */
    int addElement(int parent, int index) {
        int node = newNode(parent);
        keys.append(node, index);
        finish(node);
        return node;
    }

    /** Sets what stands there. */
    void set(int node, Found kind, int start, int end) {
        kinds[node] = kind;
        starts[node] = start;
        ends[node] = end;
    }

    /** Finds out which nodes count. */
    void settle() {
        if (hasTwice) {
            for (int node = 1; node < size; node++) {
                if (kinds[parents[node]] == Found.NOTHING) {
                    kinds[node] = Found.NOTHING;
                }
            }
        }
        // Without a dot in a key, different keys lead to different names.
        if (keys.haveDot()) {
            Arrays.fill(table, 0, mask + 1, 0);
            for (int node = 1; node < size; node++) {
                if (kinds[node] != Found.NOTHING && hasName(node)) {
                    compete(node);
                }
            }
        }
    }

    /** What stands at a node that counts, {@link Found#NOTHING} at others. */
    Found kind(int node) {
        return kinds[node];
    }

    int start(int node) {
        return starts[node];
    }

    /** Exclusive. */
    int end(int node) {
        return ends[node];
    }

    /** Whether the name is not too long. */
    boolean hasName(int node) {
        return nameLengths[node] <= mostNameBytes;
    }

    int nameLength(int node) {
        return nameLengths[node];
    }

    /** Hash of the name, as {@link FieldNames} has it. */
    int hash(int node) {
        return hashes[node];
    }

    /** Writes the name of a node that {@link #hasName has one}. */
    void writeName(int node, byte[] to) {
        int end = nameLengths[node];
        for (int at = node; at != ROOT; at = parents[at]) {
            int length = keys.length(at);
            keys.copy(at, to, end - length);
            end -= length + 1;
            if (end >= 0) {
                to[end] = '.';
            }
        }
    }

    private int newNode(int parent) {
        if (size == parents.length) {
            grow();
        }
        if (2 * size > mask) {
            widenTable();
        }
        parents[size] = parent;
        return size++;
    }

    /** Computes the name's length and hash of a node whose key is appended. */
    private void finish(int node) {
        int parent = parents[node];
        nameLengths[node] = nameLengths[parent] + 1 + keys.length(node);
        int hash = hashes[parent];
        if (parent != ROOT) {
            hash = FieldNames.hash(hash, (byte) '.');
        }
        hashes[node] = keys.hash(node, hash);
    }

    /** Gives a node its place among the names, or takes it from one whose name is the same. */
    private void compete(int node) {
        int slot = slot(hashes[node]);
        while (table[slot] != 0 && !isSameName(table[slot], node)) {
            slot = slot + 1 & mask;
        }
        int other = table[slot];
        if (other == 0) {
            table[slot] = node;
        } else if (hasLongerFirstKey(node, other)) {
            kinds[other] = Found.NOTHING;
            table[slot] = node;
        } else {
            kinds[node] = Found.NOTHING;
        }
    }

    private boolean isSameName(int first, int second) {
        if (hashes[first] != hashes[second] || nameLengths[first] != nameLengths[second]) {
            return false;
        }
        writeName(first, firstName);
        writeName(second, secondName);
        int length = nameLengths[first];
        return Arrays.equals(firstName, 0, length, secondName, 0, length);
    }

    /** Of two nodes with the same name, whether the first key that differs is longer in the first one. */
    private boolean hasLongerFirstKey(int first, int second) {
        int a = first;
        int b = second;
        while (parents[a] != parents[b]) {
            int above = nameLengths[parents[a]] - nameLengths[parents[b]];
            a = above >= 0 ? parents[a] : a;
            b = above <= 0 ? parents[b] : b;
        }
        return nameLengths[a] > nameLengths[b];
    }

    private boolean isSameKey(int first, int second) {
        return parents[first] == parents[second]
                && nameLengths[first] == nameLengths[second]
                && keys.areSame(first, second);
    }

    /** Hash of a parent and a key. */
    private int place(int node) {
        return hashes[node] + parents[node] * 0x85EBCA6B;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 16) & mask;
    }

    /** Makes room for twice as many nodes. */
    private void grow() {
        int room = 2 * parents.length;
        parents = Arrays.copyOf(parents, room);
        keys.grow(room);
        nameLengths = Arrays.copyOf(nameLengths, room);
        hashes = Arrays.copyOf(hashes, room);
        kinds = Arrays.copyOf(kinds, room);
        starts = Arrays.copyOf(starts, room);
        ends = Arrays.copyOf(ends, room);
    }

    /** Uses twice as much of the table. */
    private void widenTable() {
        mask = 2 * mask + 1;
        if (mask >= table.length) {
            table = new int[mask + 1];
        } else {
            Arrays.fill(table, 0, mask + 1, 0);
        }
        for (int node = 1; node < size; node++) {
            if (kinds[node] != Found.NOTHING) {
                int slot = slot(place(node));
                while (table[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                table[slot] = node;
            }
        }
    }
}
