package io.pickaroon.processor.scan;

import io.pickaroon.processor.container.FoundRecords;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.file.RecordPlaces;
import io.pickaroon.processor.rule.Claims;
import io.pickaroon.processor.rule.EmittingRules;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Window;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/** What the scan of a window has found since it emitted the last part. Used by one thread at a time. */
final class ScanPart {
    /** Instead of the length of the delimiter. */
    static final int HEAD_ONLY = -1;

    private final Window window;
    private final List<Rule> rules;
    private final EmittingRules emitting;
    private final Workspace workspace;
    private final PartLimit limit;
    /** Rules that match the current record. */
    private final BitSet matched = new BitSet();
    /** Those of them that emit it. */
    private final BitSet emitted = new BitSet();

    /** Where the bytes of the current record stand in the file. */
    private final RecordPlaces places = new RecordPlaces();

    private final ScanDetail detail;
    /** Records between those of the counter and the one that is added next. */
    private long recordsBefore;

    private Position start;
    private MatchBatch batch;
    private EditBatch edits;
    private ScanTally.Counter counter;

    ScanPart(Window window, List<Rule> rules, EmittingRules emitting, Workspace workspace, PartLimit limit)
            throws IOException {
        this.window = window;
        this.rules = rules;
        this.emitting = emitting;
        this.workspace = workspace;
        this.limit = limit;
        this.detail = workspace.detail;
        workspace.samples.begin(window.file());
        if (workspace.times != null) {
            workspace.times.begin(window);
        }
        begin(window.start(), new MatchBatch(rules));
        if (workspace.context != null) {
            workspace.context.begin(window.file(), window.limitOffset());
        }
    }

    Workspace workspace() {
        return workspace;
    }

    ScanTally.Counter counter() {
        return counter;
    }

    private void begin(Position from, MatchBatch matches) {
        start = from;
        batch = matches;
        edits = new EditBatch(workspace.input.isAudited() ? new Claims(rules) : null);
        counter = new ScanTally.Counter();
    }

    /** Everything before this offset was passed with an earlier window. */
    void startsAt(long offset) {
        start = new Position(offset, false);
    }

    /** Where records are numbered: so many that the counter does not have yet come before the record that is added next. */
    void follows(long records) {
        recordsBefore = records;
    }

    /** Of a container log: what is counted beside records and bytes. */
    MatchBatch batch() {
        return batch;
    }

    /** True if the limit is reached. A part holds at least one match or edit, however low the limit is. */
    boolean isFull() {
        boolean holdsNothing = batch.isEmpty() && edits.heldBytes() == 0;
        return !holdsNothing
                && (batch.size() >= limit.matches()
                        || batch.recordBytes() + batch.values().heldBytes() + edits.heldBytes() >= limit.bytes());
    }

    /** Ends the part; the next one begins where it ends. */
    ScannedWindow end(Position end) throws IOException {
        if (workspace.times != null) {
            workspace.times.passed(end.offset());
        }
        ScannedWindow.Stretch stretch = ScannedWindow.Stretch.read(workspace.input.id(), window.file(), start, end);
        ScannedWindow part = new ScannedWindow(stretch, batch, edits, counter.tally(), emitting);
        batch.trim();
        boolean isLast = end.offset() >= window.endOffset();
        begin(end, isLast ? new MatchBatch(rules) : batch.following(limit));
        return part;
    }

    /**
     * Adds what the rules make of one record, to which a walk of the search has come. False if none of them matches.
     *
     * @param bufferOffset offset in the file of the workspace's first byte
     * @param delimiterBytes length of what ends the record; negative if this is only its head
     */
    boolean addMatches(long bufferOffset, int start, int contentEnd, int delimiterBytes) throws IOException {
        workspace.rules.lookAt(start, contentEnd);
        return addCandidates(bufferOffset, start, contentEnd, delimiterBytes);
    }

    /**
     * Adds what the rules make of one record in which {@code memchr} has found needles of some of them. False if none of
     * them matches.
     *
     * @param offset offset of the record in the file
     */
    boolean addFound(long offset, BitSet found, int start, int contentEnd, int delimiterBytes) throws IOException {
        if (!workspace.readers.intersects(found)) {
            countFound(found);
            return !found.isEmpty();
        }
        workspace.loadRecord(start, contentEnd);
        workspace.rules.lookedAt(workspace.bytes, found);
        return addCandidates(offset, 0, contentEnd - start, delimiterBytes);
    }

    /** Counts a record that rules match which need not see it. */
    void countFound(BitSet found) {
        for (int rule = found.nextSetBit(0); rule >= 0; rule = found.nextSetBit(rule + 1)) {
            batch.countRecord(rule);
        }
    }

    private boolean addCandidates(long bufferOffset, int start, int contentEnd, int delimiterBytes) throws IOException {
        matched.clear();
        emitted.clear();
        boolean fixes = false;
        RuleSearch search = workspace.rules;
        if (workspace.usesFields) {
            workspace.fields.begin(workspace.bytes, start, contentEnd);
        }
        for (int rule = search.candidate(0); rule >= 0; rule = search.candidate(rule + 1)) {
            if (search.matches(rule, start, contentEnd)) {
                if (matched.isEmpty() && !isInTime(bufferOffset + start, start, contentEnd)) {
                    return false;
                }
                matched.set(rule);
                batch.countRecord(rule);
                addEmitted(rule, bufferOffset + start);
                fixes |= rules.get(rule).fix().isPresent();
            }
        }
        boolean emits = !emitted.isEmpty();
        boolean hides = emits && workspace.masks.areUsed();
        if (fixes || hides) {
            findPlaces(bufferOffset + start, contentEnd - start);
            workspace.edits.begin(edits, bufferOffset + start, workspace.bytes, start, contentEnd - start, places);
        }
        if (fixes) {
            addEdits(start, contentEnd);
        }
        if (hides) {
            workspace.fields.parse();
            batch.countMaskedFields(workspace.masks.hide(search, workspace.bytes, start, contentEnd));
        }
        if (emits) {
            boolean masks = (fixes || hides) && workspace.edits.shown().hasMasks();
            emit(bufferOffset + start, start, contentEnd, delimiterBytes, masks);
        }
        if (workspace.usesFields && workspace.fields.isUnparsed()) {
            batch.countUnparsedRecord(bufferOffset + start);
        }
        return !matched.isEmpty();
    }

    private boolean isInTime(long offset, int start, int contentEnd) throws IOException {
        return workspace.times == null || workspace.times.takes(offset, workspace.bytes, start, contentEnd);
    }

    private void findPlaces(long offset, int length) {
        if (workspace.container == null) {
            places.set(offset, length);
        } else {
            FoundRecords found = workspace.container.found();
            found.findPlaces(found.selected(), places);
        }
    }

    private void addEmitted(int rule, long offset) {
        if (!rules.get(rule).emits()) {
            return;
        }
        if (workspace.samples.leavesOut(rule, offset)) {
            batch.countSampledOut(rule);
        } else {
            emitted.set(rule);
        }
    }

    /** Adds the changes to one record, and the masks of the rules that match it. */
    private void addEdits(int start, int contentEnd) {
        RecordEdits record = workspace.edits;
        for (int rule = matched.nextSetBit(0); rule >= 0; rule = matched.nextSetBit(rule + 1)) {
            Fix fix = rules.get(rule).fix().orElse(null);
            if (fix != null) {
                record.ofRule(rule);
                workspace.rules.visitMatches(rule, start, contentEnd, fix.group(), record);
            }
        }
        record.finish();
    }

    private void emit(long offset, int start, int contentEnd, int delimiterBytes, boolean masks) throws IOException {
        int length = contentEnd - start;
        byte[] shown = masks ? workspace.edits.shown().bytes() : workspace.bytes;
        int from = masks ? 0 : start;
        // Nothing is known to follow a record of which only the head is here.
        ContextRecords context = delimiterBytes < 0 ? null : workspace.context;
        int withContext = context == null ? -1 : context.firstOf(emitted);
        int copy = withContext < 0
                ? batch.addBytes(shown, from, length)
                : context.add(withContext, batch, offset, shown, from, length);
        boolean captures = workspace.captures;
        if (captures) {
            workspace.values.parseFor(emitted);
            workspace.values.begin(batch, workspace.bytes, start, contentEnd, copy, masks ? shown : null);
        }
        boolean hasPlaces = false;
        int rawStart = -1;
        for (int rule = matched.nextSetBit(0); rule >= 0; rule = matched.nextSetBit(rule + 1)) {
            if (emitted.get(rule)) {
                if (workspace.container != null && rules.get(rule).options().wholeLines()) {
                    rawStart = rawStart < 0 ? addWholeLines(masks ? shown : null) : rawStart;
                    FoundRecords found = workspace.container.found();
                    batch.addMatch(rule, offset, rawStart, found.rawLength(found.selected()), delimiterBytes);
                } else if (withContext < 0 || !context.isOf(rule)) {
                    batch.addMatch(rule, offset, copy, length, delimiterBytes);
                } else {
                    if (rule != withContext) {
                        context.add(rule, batch, offset, shown, from, length);
                    }
                    context.addMatch(rule, offset, delimiterBytes);
                }
                if (captures) {
                    workspace.values.add(rule);
                }
                if (detail.numbersRecords()) {
                    batch.numberLast(counter.records() + recordsBefore);
                }
                if (detail.placesMatches()) {
                    batch.beginPlaces();
                    if (!hasPlaces) {
                        addPlaces(start, contentEnd, copy - start);
                    }
                    hasPlaces = true;
                }
            }
        }
    }

    /** Adds all lines of the record as they stand in the file. Returns where they start. */
    private int addWholeLines(byte[] shown) {
        FoundRecords found = workspace.container.found();
        int length = found.rawLength(found.selected());
        int start = batch.addRoom(length);
        found.copyRaw(found.selected(), shown, batch.array(), start);
        return start;
    }

    private void addPlaces(int start, int contentEnd, int shift) {
        workspace
                .places()
                .visitMatches(
                        workspace.bytes, start, contentEnd, "", (from, to) -> batch.addPlace(from + shift, to + shift));
    }
}
