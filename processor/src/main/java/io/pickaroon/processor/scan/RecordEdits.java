package io.pickaroon.processor.scan;

import io.pickaroon.processor.file.RecordPlaces;
import io.pickaroon.processor.rule.Claims;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.search.MatchVisitor;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.RecordLines;
import io.pickaroon.processor.window.ShownRecord;
import java.util.BitSet;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Works out what the rules change, record by record. The first rule that claims a byte has it: a replacement that needs one of
 * an earlier rule is skipped, a mask covers what is left. Masks are applied to what is emitted whether or not they are applied
 * to the file. Used by one thread at a time.
 *
 * <p>Ends of lines within a record are never changed: a mask leaves them out, a replacement that would cover one is
 * skipped. Nor is it changed which lines start records: a fix that would is skipped.
 */
final class RecordEdits implements MatchVisitor {
    private final List<Rule> rules;
    private final Delimiter delimiter;
    /** Judges lines; null where every line is a record. */
    private final RecordLines lines;

    private final byte[][] replacements;
    /** Rules with detectors: they find no more where nothing would change, so that a second run has nothing to do. */
    private final BitSet detecting = new BitSet();

    private final BitSet claimed = new BitSet();
    /** What the last claim has added. */
    private final BitSet added = new BitSet();
    /** The rule of a claim, where the claim begins. */
    private int[] claimants = {};

    private final CRC32C crc = new CRC32C();
    /** The record with all edits made. */
    private byte[] edited = {};
    /** With all masks applied, of all rules. */
    private final ShownRecord shown;

    private EditBatch batch;
    /** Of the batch; null where there is no audit trail. */
    private Claims claims;
    /** Where the record starts in the file, as its matches have it. */
    private long offset;

    private byte[] bytes;
    private int start;
    private int length;
    private RecordPlaces places;
    private int rule;

    RecordEdits(List<Rule> rules, RecordFormat format) {
        this.rules = rules;
        this.delimiter = format.delimiter();
        this.shown = new ShownRecord(delimiter);
        this.lines =
                format.starts().map(starts -> new RecordLines(starts, format)).orElse(null);
        this.replacements = new byte[rules.size()][];
        for (int i = 0; i < replacements.length; i++) {
            detecting.set(i, rules.get(i).pattern().positives().stream().anyMatch(Pattern.Detect.class::isInstance));
            replacements[i] = rules.get(i)
                    .fix()
                    .map(fix -> fix.change() instanceof Fix.Replace replace ? replace.bytes() : null)
                    .orElse(null);
        }
    }

    /**
     * Starts with a record; its matches follow.
     *
     * @param offset where it starts in the file
     * @param places where its bytes stand in the file
     */
    void begin(EditBatch batch, long offset, byte[] bytes, int start, int length, RecordPlaces places) {
        this.batch = batch;
        this.offset = offset;
        this.claims = batch.claimsOrNull();
        if (claims != null) {
            claims.begin();
        }
        this.bytes = bytes;
        this.start = start;
        this.length = length;
        this.places = places;
        claimed.clear();
        shown.begin(bytes, start, length);
    }

    /** The record as it may be shown. */
    ShownRecord shown() {
        return shown;
    }

    /** The matches that follow are those of this rule, which has a fix. */
    void ofRule(int rule) {
        this.rule = rule;
    }

    @Override
    public void match(int matchStart, int matchEnd) {
        if (matchStart >= matchEnd) {
            return;
        }
        Fix fix = rules.get(rule).fix().orElseThrow();
        if (fix.change() instanceof Fix.Mask mask) {
            noteMatch(matchStart - start, matchEnd - start);
            mask(fix, mask, matchStart - start, matchEnd - start, mask.character());
        } else if (fix.waitsForRotation()) {
            batch.leftWaiting();
        } else if (replacements[rule].length != matchEnd - matchStart
                || firstLineEnd(matchStart - start, matchEnd - start) < matchEnd - start) {
            skippedOtherLength(matchStart - start, matchEnd - start);
        } else if (claim(fix, matchStart - start, matchEnd - start)) {
            noteMatch(matchStart - start, matchEnd - start);
            System.arraycopy(replacements[rule], 0, editedRecord(), matchStart - start, replacements[rule].length);
            keepIfLinesStay(matchStart - start, matchEnd - start);
        }
    }

    /** What detectors find is noted when they tell of it. */
    private void noteMatch(int from, int to) {
        if (claims != null && !detecting.get(rule)) {
            claims.add(rule, null, from, to);
        }
    }

    @Override
    public boolean wantsFinders() {
        return claims != null;
    }

    @Override
    public void found(String detector, int foundStart, int foundEnd) {
        if (claims != null) {
            claims.add(rule, detector, foundStart - start, foundEnd - start);
        }
    }

    private void skippedOtherLength(int from, int to) {
        batch.skippedOtherLength(rule);
        noteSkip(Claims.Reason.OTHER_LENGTH, from, to);
    }

    private void noteSkip(Claims.Reason reason, int from, int to) {
        if (claims != null) {
            claims.skip(rule, reason, offset, places.offsetOf(from), to - from);
        }
    }

    @Override
    public char mask() {
        return rules.get(rule).fix().orElseThrow().change() instanceof Fix.Mask mask ? mask.character() : '*';
    }

    @Override
    public boolean masksMatches() {
        return rules.get(rule).masks();
    }

    @Override
    public long hiddenOf(byte[] record, int recordLength, int from, int to) {
        return ((Fix.Mask) rules.get(rule).fix().orElseThrow().change()).hiddenOf(record, 0, recordLength, from, to);
    }

    @Override
    public void match(int matchStart, int matchEnd, char character) {
        Fix fix = rules.get(rule).fix().orElseThrow();
        if (fix.change() instanceof Fix.Mask mask) {
            char used = delimiter.contains((byte) character) ? mask.character() : character;
            mask(fix, mask, matchStart - start, matchEnd - start, used);
        }
    }

    private void mask(Fix fix, Fix.Mask mask, int matchFrom, int matchTo, char maskCharacter) {
        long hidden = mask.hiddenOf(bytes, start, start + length, start + matchFrom, start + matchTo);
        int maskFrom = (int) (hidden >> Integer.SIZE) - start;
        int maskTo = (int) hidden - start;
        byte character = (byte) maskCharacter;
        if (detecting.get(rule) && isAll(character, maskFrom, maskTo)) {
            return;
        }
        shown.hide(start + maskFrom, start + maskTo, maskCharacter);
        if (fix.waitsForRotation()) {
            batch.leftWaiting();
        } else if (fix.changesFiles() && mayChange(fix, maskFrom, maskTo)) {
            add(maskFrom, maskTo);
            for (int i = added.nextSetBit(0); i >= 0; i = added.nextSetBit(i + 1)) {
                edited[i] = character;
            }
            if (added.isEmpty()) {
                batch.skippedOverlapping(rule);
            }
            keepIfLinesStay(maskFrom, maskTo);
        }
    }

    private boolean isAll(byte character, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[start + i] != character && !isLineEnd(i)) {
                return false;
            }
        }
        return true;
    }

    /** Withdraws a claim that would change which lines start records. */
    private void keepIfLinesStay(int from, int to) {
        if (lines != null && !lines.areSame(bytes, start, edited, length, from, to)) {
            for (int i = added.nextSetBit(0); i >= 0; i = added.nextSetBit(i + 1)) {
                edited[i] = bytes[start + i];
                claimed.clear(i);
            }
            skippedOtherLength(from, to);
        }
    }

    /** Index of the first byte in the stretch that belongs to the end of a line; {@code to} if none does. */
    private int firstLineEnd(int from, int to) {
        int index = from;
        while (index < to && !isLineEnd(index)) {
            index++;
        }
        return index;
    }

    private boolean isLineEnd(int index) {
        return delimiter.isLineEnd(bytes, start + index, start, start + length);
    }

    private boolean claim(Fix fix, int from, int to) {
        if (!mayChange(fix, from, to)) {
            return false;
        }
        int taken = claimed.nextSetBit(from);
        if (taken >= 0 && taken < to) {
            batch.skippedOverlapping(rule);
            noteSkip(Claims.Reason.OVERLAPPING, from, to);
            return false;
        }
        add(from, to);
        return true;
    }

    private boolean mayChange(Fix fix, int from, int to) {
        if (places.offsetOf(from) < fix.protectHeadBytes()) {
            batch.skippedProtectedHead(rule);
            noteSkip(Claims.Reason.PROTECTED_HEAD, from, to);
            return false;
        }
        return true;
    }

    /** Claims all bytes of a stretch that are not claimed. */
    private void add(int from, int to) {
        editedRecord();
        added.clear();
        for (int i = from; i < to; i++) {
            if (!isLineEnd(i) && !claimed.get(i)) {
                added.set(i);
                claimed.set(i);
                claimants[i] = rule;
            }
        }
    }

    private byte[] editedRecord() {
        if (claimed.isEmpty()) {
            edited = edited.length >= length ? edited : new byte[length];
            System.arraycopy(bytes, start, edited, 0, length);
            claimants = claimants.length >= length ? claimants : new int[length];
        }
        return edited;
    }

    /**
     * Adds the record's edits, if there are any, to the batch: neighbouring claims become one edit in each place of the file.
     */
    void finish() {
        if (claimed.isEmpty()) {
            return;
        }
        batch.addRecord(offset, places, guard());
        for (int from = claimed.nextSetBit(0); from >= 0; ) {
            int to = Math.min(claimed.nextClearBit(from), places.end(places.of(from)));
            batch.addEdit(claimants[from], bytes, start, edited, from, to);
            int next = claimed.nextSetBit(to);
            if (claims != null) {
                claims.change(offset, places.offsetOf(from), from, to, next < 0 ? Integer.MAX_VALUE : next);
            }
            from = next;
        }
    }

    private int guard() {
        crc.reset();
        for (int place = 0; place < places.count(); place++) {
            int end = places.end(place);
            for (int from = claimed.nextClearBit(places.start(place)); from < end; ) {
                int taken = claimed.nextSetBit(from);
                int to = taken < 0 ? end : Math.min(taken, end);
                crc.update(bytes, start + from, to - from);
                from = claimed.nextClearBit(to);
            }
        }
        return (int) crc.getValue();
    }
}
