package io.pickaroon.processor.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an audit trail says of the changes of a stretch: what was found at each place that changes, and what was found and is left
 * alone. It holds no byte of a record. Used by one thread at a time until it is published; read-only then.
 */
public final class Claims {
    /** Memory of a change or of what is left alone, at most, beside what several of them share. */
    private static final int MEMORY_BYTES = 96;

    /**
     * What was found at a place.
     *
     * @param rules ids, in the order of the rules
     * @param detectors names, in alphabetical order; empty where nothing but texts and expressions found something
     */
    public record Met(List<String> rules, List<String> detectors) {
        public Met {
            rules = List.copyOf(rules);
            detectors = List.copyOf(detectors);
        }
    }

    /**
     * Neighbouring bytes of a file, and what was found there.
     *
     * @param record offset in the file of the record
     * @param offset of the first byte in the file
     * @param length in bytes
     * @param kept bytes of what was found there that no change touches: those up to the next change, and for the first change of
     *     what was found also those before it
     */
    public record Place(long record, long offset, int length, int kept, Met met) {}

    /** Something that a rule found and that is never changed. */
    public record Skip(Place place, Reason reason) {}

    /** Why it is never changed. */
    public enum Reason {
        /** An earlier rule, or an earlier match of the same rule, changes some of the bytes. */
        OVERLAPPING,
        /** It begins in the protected head of the file. */
        PROTECTED_HEAD,
        /** The replacement has another length, or it would change where records start. */
        OTHER_LENGTH;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final List<Rule> rules;
    private final List<Place> changes = new ArrayList<>();
    private final List<Skip> skips = new ArrayList<>();

    /** What was found in the current record: start in the upper half, number in the lower one; sorted when it is used. */
    private long[] order = new long[8];

    private int[] ends = new int[8];
    private int[] finders = new int[8];
    private String[] detectors = new String[8];
    private int size;
    private boolean isSorted;
    /** The first one that may reach into the next change, and where what was found up to there ends. */
    private int next;
    /** The end of the last change of the record. */
    private int changedTo;

    private final BitSet ruleSet = new BitSet();
    private Met last;

    public Claims(List<Rule> rules) {
        this.rules = rules;
    }

    public List<Place> changes() {
        return Collections.unmodifiableList(changes);
    }

    public List<Skip> skips() {
        return Collections.unmodifiableList(skips);
    }

    /** Memory that it takes. */
    public int heldBytes() {
        return MEMORY_BYTES * (changes.size() + skips.size());
    }

    /** Begins with a record; what is found in it follows, then its changes. */
    public void begin() {
        size = 0;
        next = 0;
        changedTo = 0;
        isSorted = false;
    }

    /**
     * Adds what was found in the record.
     *
     * @param rule index of the rule
     * @param detector null for a text or an expression
     */
    public void add(int rule, String detector, int from, int to) {
        if (size == order.length) {
            order = Arrays.copyOf(order, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
            finders = Arrays.copyOf(finders, 2 * size);
            detectors = Arrays.copyOf(detectors, 2 * size);
        }
        order[size] = (long) from << Integer.SIZE | size;
        ends[size] = to;
        finders[size] = rule;
        detectors[size] = detector;
        size++;
    }

    /** Adds something that is left alone. */
    public void skip(int rule, Reason reason, long record, long offset, int length) {
        Met met = new Met(List.of(rules.get(rule).id()), List.of());
        skips.add(new Skip(new Place(record, offset, length, length, met), reason));
    }

    /**
     * Adds a change of the record, after those before it.
     *
     * @param offset in the file
     * @param from start in the record
     * @param nextFrom where the next change of the record starts; {@link Integer#MAX_VALUE} if this is the last one
     */
    public void change(long record, long offset, int from, int to, int nextFrom) {
        if (!isSorted) {
            Arrays.sort(order, 0, size);
            isSorted = true;
        }
        while (next < size && end(next) <= from) {
            next++;
        }
        ruleSet.clear();
        TreeSet<String> names = new TreeSet<>();
        // Bytes before the change, and behind it, of what was found here.
        int keptFrom = from;
        int keptTo = to;
        for (int i = next; i < size && start(i) < to; i++) {
            if (end(i) > from) {
                int found = (int) order[i];
                ruleSet.set(finders[found]);
                if (detectors[found] != null) {
                    names.add(detectors[found]);
                }
                keptFrom = start(i) >= changedTo ? Math.min(keptFrom, start(i)) : keptFrom;
                keptTo = Math.max(keptTo, Math.min(end(i), nextFrom));
            }
        }
        changes.add(new Place(record, offset, to - from, from - keptFrom + keptTo - to, met(names)));
        changedTo = to;
    }

    private int start(int index) {
        return (int) (order[index] >> Integer.SIZE);
    }

    private int end(int index) {
        return ends[(int) order[index]];
    }

    /** Most changes have the same. */
    private Met met(Set<String> names) {
        List<String> ids =
                ruleSet.stream().mapToObj(rule -> rules.get(rule).id()).toList();
        if (last == null || !last.rules().equals(ids) || !last.detectors().equals(List.copyOf(names))) {
            last = new Met(ids, List.copyOf(names));
        }
        return last;
    }
}
