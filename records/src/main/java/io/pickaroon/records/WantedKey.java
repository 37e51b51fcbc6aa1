package io.pickaroon.records;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which keys of a JSON object lead to wanted fields: a tree with a node for each way in which a name can be split at its dots
 * into keys. {@code a.b} is the key {@code a.b} of the record, or {@code b} in its object {@code a}. Immutable once built.
 *
 * <p>Each way to a whole name is a <em>slot</em>. The slots below a node are a range, so that they can be emptied together
 * when its key comes a second time. Of one name the slots stand in {@link Slots#ofName} with the longest first keys first.
 */
final class WantedKey {
    /** A name of so many parts has 2^7 ways to be split. */
    static final int MOST_PARTS = 8;

    static final int NO_SLOT = -1;

    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    private final Map<String, WantedKey> children = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    /** Keys that are indexes of an array, and their nodes. */
    private int[] elements = {};

    private WantedKey[] elementNodes = {};
    private int slot = NO_SLOT;
    private int firstSlot;
    private int endSlot;

    /**
     * The tree of some names.
     *
     * @param root the record
     * @param count of slots
     * @param ofName for each name its slots, those first that count first
     */
    record Slots(WantedKey root, int count, int[][] ofName) {}

    private WantedKey() {}

    static Slots of(List<String> names) {
        WantedKey root = new WantedKey();
        List<List<WantedKey>> ends = new ArrayList<>();
        for (String name : names) {
            if (!FieldParser.isAskable(name)) {
                throw new IllegalArgumentException(
                        "field '" + name + "' has more than " + MOST_PARTS + " parts between dots");
            }
            List<WantedKey> found = new ArrayList<>();
            root.add(name, found);
            ends.add(found);
        }
        int count = root.number(0);
        int[][] ofName = ends.stream()
                .map(found -> found.stream().mapToInt(end -> end.slot).toArray())
                .toArray(int[][]::new);
        return new Slots(root, count, ofName);
    }

    /** The node of a key, null if it leads to no wanted field. */
    WantedKey child(String key) {
        return children.get(key);
    }

    /** The node of an element of an array, null if it leads to no wanted field. */
    WantedKey element(int index) {
        for (int i = 0; i < elements.length; i++) {
            if (elements[i] == index) {
                return elementNodes[i];
            }
        }
        return null;
    }

    /** Whether there is something to find in the value, should it be an object. */
    boolean hasChildren() {
        return !children.isEmpty();
    }

    /** Whether there is something to find in the value, should it be an array. */
    boolean hasElements() {
        return elements.length > 0;
    }

    /** The slot that a value of this key fills; {@link #NO_SLOT} if no name ends here. */
    int slot() {
        return slot;
    }

    int firstSlot() {
        return firstSlot;
    }

    /** Exclusive. */
    int endSlot() {
        return endSlot;
    }

    /** Adds all ways to split a name, the longest first key first. */
    private void add(String name, List<WantedKey> ends) {
        WantedKey whole = childOrNew(name);
        whole.slot = 0;
        ends.add(whole);
        for (int dot = name.lastIndexOf('.'); dot >= 0; dot = name.lastIndexOf('.', dot - 1)) {
            childOrNew(name.substring(0, dot)).add(name.substring(dot + 1), ends);
        }
    }

    private WantedKey childOrNew(String key) {
        return children.computeIfAbsent(key, added -> {
            order.add(added);
            return new WantedKey();
        });
    }

    private int number(int next) {
        firstSlot = next;
        int free = next;
        if (slot != NO_SLOT) {
            slot = free++;
        }
        for (String key : order) {
            free = children.get(key).number(free);
        }
        endSlot = free;
        List<String> indexes =
                order.stream().filter(key -> INDEX.matcher(key).matches()).toList();
        elements = indexes.stream().mapToInt(Integer::parseInt).toArray();
        elementNodes = indexes.stream().map(children::get).toArray(WantedKey[]::new);
        return free;
    }
}
