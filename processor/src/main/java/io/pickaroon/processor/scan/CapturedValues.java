package io.pickaroon.processor.scan;

import io.pickaroon.processor.regex.ByteRegex;
import io.pickaroon.processor.rule.Captures;
import io.pickaroon.processor.rule.CompiledPattern;
import io.pickaroon.processor.rule.RecordFields;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.ShownRecord;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Takes from each record that is emitted the values that its rules capture, as they may be shown: what stands in the record is
 * only pointed at, in the copy that has all masks. Used by one thread at a time; allocates only to grow.
 */
final class CapturedValues {
    private static final int UNKNOWN = -2;

    private final List<Rule> rules;
    private final RecordFields fields;
    private final ShownRecord shown;
    private final DecodedMasks masks;
    /** Rules that capture something, and those of them that capture fields. */
    private final BitSet capturing = new BitSet();

    private final BitSet ofFields = new BitSet();
    private final Groups[] groups;
    /** Of each rule the fields that it captures by name. */
    private final int[][] named;

    /** Start and end of the value of each field in the batch, once it was asked for; the start is {@link #UNKNOWN} before. */
    private int[] starts = {};

    private int[] ends = {};

    private MatchBatch batch;
    private byte[] bytes;
    private int start;
    private int end;
    /** From an index in the record's array to that of the copy. */
    private int shift;

    /** The same for fields, which may be those of the shown record. */
    private int fieldShift;

    private boolean takesFields;
    /** The fields are those of a record of which some bytes are masked where it is shown. */
    private boolean hasMasks;

    private int allFields;

    /** The groups that a rule captures, with the expressions that have them, in order. */
    private static final class Groups {
        final ByteRegex[] regexes;
        /** Of each expression the groups that it has, as places among those that are captured. */
        final int[][] wanted;

        final int[] found;

        Groups(List<String> names, List<CompiledPattern> positives) {
            List<CompiledPattern> having = positives.stream()
                    .filter(positive -> names.stream().anyMatch(positive::hasGroup))
                    .toList();
            this.found = new int[2 * names.size()];
            this.regexes = new ByteRegex[having.size()];
            this.wanted = new int[having.size()][];
            for (int i = 0; i < wanted.length; i++) {
                Map<String, Integer> numbers = having.get(i).groups();
                wanted[i] = IntStream.range(0, names.size())
                        .filter(name -> numbers.containsKey(names.get(name)))
                        .toArray();
                regexes[i] = new ByteRegex(
                        having.get(i).nfa(),
                        Arrays.stream(wanted[i])
                                .map(name -> numbers.get(names.get(name)))
                                .toArray());
            }
        }

        /** Finds where each group stands in the first match of the first expression in which it takes part. */
        void find(byte[] bytes, int start, int end) {
            Arrays.fill(found, -1);
            for (int i = 0; i < regexes.length; i++) {
                if (isMissing(wanted[i]) && regexes[i].find(bytes, start, end)) {
                    for (int group = 0; group < wanted[i].length; group++) {
                        int place = 2 * wanted[i][group];
                        if (found[place] < 0) {
                            found[place] = regexes[i].groupStart(group);
                            found[place + 1] = regexes[i].groupEnd(group);
                        }
                    }
                }
            }
        }

        private boolean isMissing(int[] some) {
            for (int group : some) {
                if (found[2 * group] < 0) {
                    return true;
                }
            }
            return false;
        }
    }

    CapturedValues(List<Rule> rules, SearchPlan plan, RecordFields fields, ShownRecord shown, DecodedMasks masks) {
        this.rules = rules;
        this.fields = fields;
        this.shown = shown;
        this.masks = masks;
        this.groups = new Groups[rules.size()];
        this.named = new int[rules.size()][];
        for (int rule = 0; rule < named.length; rule++) {
            Captures captures = rules.get(rule).captures();
            if (rules.get(rule).emits() && !captures.isEmpty()) {
                capturing.set(rule);
                ofFields.set(rule, captures.allFields() || !captures.fields().isEmpty());
                groups[rule] = new Groups(captures.groups(), plan.positives(rule));
                named[rule] =
                        captures.fields().stream().mapToInt(fields::indexOf).toArray();
            }
        }
    }

    /** True if a rule captures anything. */
    boolean areUsed() {
        return !capturing.isEmpty();
    }

    /** Parses the record if one of the rules that match captures fields. */
    void parseFor(BitSet matched) {
        takesFields = matched.intersects(ofFields);
        if (takesFields) {
            fields.parse();
        }
    }

    /**
     * Begins with a record whose content is {@code [start, end)}. Its fields are those of the record as it is shown, where that
     * can be read.
     *
     * @param copy where its copy begins in the batch, as it may be shown
     * @param shown the record with its masks, from index 0 on; null if it has none
     */
    void begin(MatchBatch newBatch, byte[] newBytes, int newStart, int newEnd, int copy, byte[] shown) {
        batch = newBatch;
        bytes = newBytes;
        start = newStart;
        end = newEnd;
        shift = copy - newStart;
        boolean readsShown = takesFields && shown != null && fields.parseShown(shown);
        fieldShift = readsShown ? copy : shift;
        hasMasks = shown != null && !readsShown;
        allFields = -1;
        if (starts.length < fields.count()) {
            starts = new int[fields.count()];
            ends = new int[fields.count()];
        }
        Arrays.fill(starts, 0, fields.count(), UNKNOWN);
    }

    /** Adds the values of the match that was added last, which is one of this rule. */
    void add(int rule) {
        if (!capturing.get(rule)) {
            return;
        }
        MatchValues values = batch.beginValues();
        int[] found = groups[rule].found;
        groups[rule].find(bytes, start, end);
        for (int i = 0; i < found.length; i += 2) {
            boolean has = found[i] >= 0;
            values.add(has ? found[i] + shift : -1, has ? found[i + 1] + shift : -1);
        }
        for (int field : named[rule]) {
            boolean has = fields.has(field);
            values.add(has ? start(field) : -1, has ? ends[field] : -1);
        }
        if (rules.get(rule).captures().allFields()) {
            allFields = allFields < 0 ? addAllFields(values) : allFields;
            values.shareAll(allFields);
        }
    }

    private int addAllFields(MatchValues values) {
        int place = values.beginAll();
        for (int field = 0; field < fields.count(); field++) {
            if (fields.has(field)) {
                byte[] name = fields.name(field);
                int nameStart = batch.addBytes(name, 0, name.length);
                if (masks.mustHideName(field, hasMasks)) {
                    batch.hideLast(name.length, masks.character());
                }
                values.add(nameStart, nameStart + name.length);
                int valueStart = start(field);
                values.add(valueStart, ends[field]);
            }
        }
        values.endAll(place);
        return place;
    }

    /** Where the value of a field that the record has begins in the batch. */
    private int start(int field) {
        if (starts[field] == UNKNOWN) {
            int from = fields.sourceStart(field);
            int to = fields.sourceEnd(field);
            if (!fields.isDecoded(field) || hasMasks && shown.isMasked(from, to)) {
                starts[field] = from + fieldShift;
                ends[field] = to + fieldShift;
            } else {
                int length = fields.end(field) - fields.start(field);
                starts[field] = batch.addBytes(fields.bytes(field), fields.start(field), length);
                ends[field] = starts[field] + length;
            }
        }
        return starts[field];
    }
}
