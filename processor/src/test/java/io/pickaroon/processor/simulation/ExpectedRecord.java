package io.pickaroon.processor.simulation;

import static io.pickaroon.processor.simulation.Violation.unless;

import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScanTally;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;

/** What must become of one record, worked out in the obvious way. */
final class ExpectedRecord {
    private static final ConcurrentHashMap<String, java.util.regex.Pattern> COMPILED = new ConcurrentHashMap<>();

    /** Takes a stretch of the file. */
    interface StretchVisitor {
        void visit(int from, int to);
    }

    final ExpectedPlace place;
    /** Content is {@code [start, contentEnd)}, the next record begins at {@code next}; other records may have lines between. */
    final int start;

    final int contentEnd;
    final int next;
    final boolean oversized;
    /** What rules look at: the content, or the head of a record that is too long. */
    final String head;
    /** What is emitted. */
    final byte[] shown;
    /** The head with all fixes made. */
    final byte[] fixed;
    /** Indexes in the head of bytes that fixes claim. */
    final BitSet claimed = new BitSet();

    /** Rules that emit the record. */
    final BitSet emittedBy = new BitSet();

    final boolean matched;

    /** How often each rule's match arrived at the destination. */
    final int[] arrivals;
    /** Somebody else overwrote it: it is theirs now. */
    boolean foreign;

    private final BitSet masked = new BitSet();

    ExpectedRecord(String log, int start, int contentEnd, int next, int maxRecordBytes, List<Rule> rules) {
        this(
                ExpectedPlace.ofText(start, Math.min(contentEnd, start + maxRecordBytes), next),
                contentEnd,
                log.substring(start, Math.min(contentEnd, start + maxRecordBytes)),
                contentEnd - start > maxRecordBytes,
                rules);
    }

    ExpectedRecord(ExpectedPlace place, int contentEnd, String head, boolean oversized, List<Rule> rules) {
        this.place = place;
        this.start = place.start();
        this.contentEnd = contentEnd;
        this.next = place.next();
        this.oversized = oversized;
        this.head = head;
        this.shown = bytes(head);
        this.fixed = bytes(head);
        this.arrivals = new int[rules.size()];
        boolean any = false;
        for (int rule = 0; rule < rules.size(); rule++) {
            any |= apply(rule, rules.get(rule));
        }
        this.matched = any;
    }

    private boolean apply(int index, Rule rule) {
        if (!isMatch(rule.pattern())) {
            return false;
        }
        emittedBy.set(index, rule.emits());
        rule.fix()
                .ifPresent(fix -> matches(rule.pattern(), fix.group(), (from, to) -> {
                    if (fix.change() instanceof Fix.Replace(String text)) {
                        replace(fix, bytes(text), from, to);
                    } else if (fix.change() instanceof Fix.Mask mask) {
                        mask(fix, mask, from, to);
                    }
                }));
        return true;
    }

    private boolean isMatch(Pattern pattern) {
        return switch (pattern) {
            case Pattern.Literal literal -> head.contains(literal.text());
            case Pattern.AnyOf anyOf -> anyOf.texts().stream().anyMatch(head::contains);
            case Pattern.Regex regex -> compiled(regex).matcher(head).find();
            case Pattern.All all -> all.parts().stream().allMatch(this::isMatch);
            case Pattern.Any any -> any.parts().stream().anyMatch(this::isMatch);
            case Pattern.Not not -> !isMatch(not.part());
            case Pattern.Detect _ -> throw new IllegalStateException("no detectors here");
            case Pattern.Field _ -> false;
        };
    }

    private void matches(Pattern pattern, String group, BiConsumer<Integer, Integer> match) {
        switch (pattern) {
            case Pattern.Literal literal -> occurrences(literal.text(), match);
            case Pattern.AnyOf anyOf -> anyOf.texts().forEach(text -> occurrences(text, match));
            case Pattern.Regex regex -> {
                Matcher matcher = compiled(regex).matcher(head);
                while (matcher.find()) {
                    int from = group.isEmpty() ? matcher.start() : matcher.start(group);
                    match.accept(from, group.isEmpty() ? matcher.end() : matcher.end(group));
                }
            }
            case Pattern.Detect _ -> throw new IllegalStateException("no detectors here");
            case Pattern.All _, Pattern.Any _, Pattern.Not _, Pattern.Field _ ->
                pattern.positives().forEach(positive -> matches(positive, group, match));
        }
    }

    private void occurrences(String text, BiConsumer<Integer, Integer> match) {
        for (int at = head.indexOf(text); at >= 0; at = head.indexOf(text, at + text.length())) {
            match.accept(at, at + text.length());
        }
    }

    private void replace(Fix fix, byte[] text, int from, int to) {
        if (text.length == to - from && claim(fix, from, to)) {
            System.arraycopy(text, 0, fixed, from, text.length);
        }
    }

    private void mask(Fix fix, Fix.Mask mask, int from, int to) {
        boolean whole = to - from <= mask.keepFirst() + mask.keepLast();
        int maskFrom = whole ? from : from + mask.keepFirst();
        int maskTo = whole ? to : to - mask.keepLast();
        Arrays.fill(shown, maskFrom, maskTo, (byte) mask.character());
        masked.set(maskFrom, maskTo);
        for (int at = maskFrom; place.bytes()[maskFrom] >= fix.protectHeadBytes() && at < maskTo; at++) {
            if (!claimed.get(at)) {
                claimed.set(at);
                fixed[at] = (byte) mask.character();
            }
        }
    }

    private boolean claim(Fix fix, int from, int to) {
        boolean free = place.bytes()[from] >= fix.protectHeadBytes()
                && claimed.get(from, to).isEmpty();
        if (free) {
            claimed.set(from, to);
        }
        return free;
    }

    Counts counts() {
        long lengthBytes = place.fileBytes();
        long matchedRecords = matched ? 1 : 0;
        ScanTally tally = oversized
                ? new ScanTally(1, matchedRecords, 1, 0, 0, lengthBytes)
                : new ScanTally(1, matchedRecords, 0, matched ? lengthBytes : 0, matched ? 0 : lengthBytes, 0);
        return new Counts(tally, emittedBy.cardinality(), claimed.cardinality());
    }

    /** The bytes of a match are what may be emitted. Of a record that was overwritten while it was read, some of both. */
    void requireShown(MatchBatch batch, int match) {
        int from = batch.start(match);
        int length = batch.length(match);
        unless(
                foreign
                        ? length == shown.length
                        : Arrays.equals(shown, 0, shown.length, batch.array(), from, from + length),
                "emitted otherwise than it was before any fix, with masks",
                this,
                new String(batch.copyOfRecord(match), StandardCharsets.ISO_8859_1));
    }

    /** Where windows end that account for it, if one of them ends inside of it. */
    long countedBefore(long offset) {
        return oversized ? Math.max(offset, Math.min(next, start + head.length())) : next;
    }

    /** Each of its matches arrived, as somebody says who has everything before an offset. */
    void requireArrived(String who, long offset) {
        for (int rule = emittedBy.nextSetBit(0); rule >= 0; rule = emittedBy.nextSetBit(rule + 1)) {
            unless(arrivals[rule] > 0, "a match is lost", this, rule, who, offset);
        }
    }

    /** Bytes that are about to be written at an offset of the file are those of its fixes. */
    void requireFix(int offset, byte[] source, int sourceIndex, int lengthBytes) {
        for (int i = 0; i < lengthBytes; i++) {
            int at = indexOf(offset + i);
            if (at < 0 || !claimed.get(at) || fixed[at] != source[sourceIndex + i]) {
                throw new Violation("a byte is changed that is no fix's", this, at, (char) source[sourceIndex + i]);
            }
        }
    }

    private int indexOf(int offset) {
        int at = place.bytes().length - 1;
        while (at >= 0 && place.bytes()[at] != offset) {
            at--;
        }
        return at;
    }

    void eachLine(StretchVisitor visitor) {
        place.lines().forEach(line -> visitor.visit(line[0], line[1]));
    }

    /** Makes its fixes in the whole log. */
    void fixIn(byte[] wholeLog) {
        for (int at = 0; at < fixed.length; at++) {
            if (place.bytes()[at] >= 0) {
                wholeLog[place.bytes()[at]] = fixed[at];
            }
        }
    }

    /** Whether a power failure would leave the fixed record. */
    boolean isFixedDurably(SimulatedLog log, byte[] wholeNew) {
        return Arrays.stream(place.bytes()).allMatch(offset -> offset < 0 || log.isDurable(offset, wholeNew, 1));
    }

    void requireForeign(SimulatedLog log) {
        for (int i = start; i < contentEnd; i++) {
            unless(log.at(i) == World.FOREIGN, "what somebody else wrote is gone", this);
        }
    }

    /**
     * Every byte is what it was or what a fix makes of it.
     *
     * @param wholeOld the log before any fix
     * @param wholeNew the log after all fixes
     * @param recovered whether it must be one of both for the whole record
     */
    void requireUndamaged(SimulatedLog log, byte[] wholeOld, byte[] wholeNew, boolean recovered) {
        boolean old = true;
        boolean changed = true;
        for (int[] line : place.lines()) {
            for (int i = line[0]; i < Math.min(line[1], log.sizeBytes()); i++) {
                if (log.at(i) != wholeOld[i] && log.at(i) != wholeNew[i]) {
                    throw new Violation("a byte that is neither old nor new", this, i);
                }
                old &= log.at(i) == wholeOld[i];
                changed &= log.at(i) == wholeNew[i];
            }
        }
        unless(!recovered || old || changed, "fixed by half after recovery", this);
    }

    /** Secrets: runs of bytes that are masked, as they stood before. */
    List<String> secrets() {
        return masked.stream()
                .filter(from -> from == 0 || !masked.get(from - 1))
                .mapToObj(from -> head.substring(from, masked.nextClearBit(from)))
                .toList();
    }

    private static java.util.regex.Pattern compiled(Pattern.Regex regex) {
        return COMPILED.computeIfAbsent(regex.expression(), java.util.regex.Pattern::compile);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return "record at %d '%s'".formatted(start, head);
    }
}
