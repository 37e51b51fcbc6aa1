package io.pickaroon.processor.scan;

import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.MatchPlaces;
import io.pickaroon.processor.rule.RecordFields;
import io.pickaroon.processor.rule.RecordMatcher;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.ShownRecord;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Applies masks to fields that are decoded: an escape can hide from an expression over bytes what it makes in the field's value.
 * Where the masks of a rule hide something else in the value than in the bytes that the value comes from, all of those bytes are
 * hidden in what is shown; the file is left alone. What escapes hide outside of such a value, {@link EscapedMasks} finds. Used
 * by one thread at a time; allocates only to grow.
 */
final class DecodedMasks {
    private final List<Rule> rules;
    private final RecordFields fields;
    private final ShownRecord shown;
    private final EscapedMasks escaped;
    /** Rules that mask. */
    private final int[] masking;

    private final MatchPlaces inValue = new MatchPlaces();
    private final MatchPlaces inSource = new MatchPlaces();

    private RuleSearch search;

    DecodedMasks(List<Rule> rules, RecordFields fields, ShownRecord shown) {
        this.rules = rules;
        this.fields = fields;
        this.shown = shown;
        this.escaped = new EscapedMasks(shown);
        this.masking = fields.isUsed()
                ? IntStream.range(0, rules.size())
                        .filter(rule -> rules.get(rule).masks())
                        .toArray()
                : new int[0];
    }

    /** True if records have to be parsed before they are shown. */
    boolean areUsed() {
        return masking.length > 0;
    }

    /** What stands for each byte of a name that is hidden. */
    byte character() {
        return (byte) mask(masking[0]).character();
    }

    private Fix.Mask mask(int rule) {
        return (Fix.Mask) rules.get(rule).fix().orElseThrow().change();
    }

    private String group(int rule) {
        return rules.get(rule).fix().orElseThrow().group();
    }

    /**
     * Hides what has to be in a record that is parsed, and which the edits have begun with. Returns the number of fields, and one
     * more if something is hidden elsewhere.
     *
     * @param newSearch what tests records now
     */
    int hide(RuleSearch newSearch, byte[] record, int start, int end) {
        search = newSearch;
        int hidden = 0;
        for (int field = 0; field < fields.count(); field++) {
            if (fields.has(field) && fields.isDecoded(field)) {
                hidden += hide(field, record, start, end) ? 1 : 0;
            }
        }
        return hideElsewhere(record, start, end) ? hidden + 1 : hidden;
    }

    private boolean hideElsewhere(byte[] record, int start, int end) {
        if (escaped.begin(record, start, end)) {
            for (int rule : masking) {
                escaped.hide(search.matcher(rule), group(rule), mask(rule).character());
            }
        }
        return escaped.haveHidden();
    }

    private boolean hide(int field, byte[] record, int start, int end) {
        for (int rule : masking) {
            if (hidesMoreThanInRecord(field, rule, record, start, end)) {
                return shown.hide(
                        fields.sourceStart(field),
                        fields.sourceEnd(field),
                        mask(rule).character());
            }
        }
        return false;
    }

    private boolean hidesMoreThanInRecord(int field, int rule, byte[] record, int start, int end) {
        RecordMatcher matcher = search.matcher(rule);
        byte[] value = fields.bytes(field);
        int from = fields.start(field);
        int to = fields.end(field);
        if (!matcher.hasMatches(value, from, to, group(rule))) {
            return false;
        }
        inValue.begin(from, to);
        matcher.visitMatches(value, from, to, group(rule), inValue);
        if (inValue.isEmpty()) {
            return false;
        }
        inSource.begin(fields.sourceStart(field), fields.sourceEnd(field));
        matcher.visitMatches(record, start, end, group(rule), inSource);
        return !inValue.haveSameBytes(value, inSource, record);
    }

    /**
     * True if a field's name, which stands in no place of the record that is known, may show what a mask hides: a mask matches in
     * it, or the record has masks and does not show each part of the name, with escapes or without.
     */
    boolean mustHideName(int field, boolean hasMasks) {
        if (!fields.isNameOfRecord(field)) {
            return false;
        }
        byte[] name = fields.name(field);
        for (int rule : masking) {
            if (search.matcher(rule).hasMatches(name, 0, name.length, group(rule))) {
                return true;
            }
        }
        for (int start = 0; hasMasks && start <= name.length; ) {
            int end = start;
            while (end < name.length && name[end] != '.') {
                end++;
            }
            if (!shown.shows(name, start, end) && !escaped.shows(name, start, end) && !isIndex(name, start, end)) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    /** Few digits may be the place in an array, which no record shows. */
    private static boolean isIndex(byte[] name, int start, int end) {
        int digits = 0;
        for (int i = start; i < end; i++) {
            digits += name[i] >= '0' && name[i] <= '9' ? 1 : 0;
        }
        return digits == end - start && digits <= 3;
    }
}
