package io.pickaroon.app.check;

import io.pickaroon.app.check.ExplainedRecord.Place;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.rule.RecordParser;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.EditBatch;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the first records of each rule, up to a number of them. For one thread. */
final class ExplainedRules {
    private final ExplainedForms forms;
    private final int most;
    private final Map<String, OfRule> byRuleId = new LinkedHashMap<>();

    /** What is known of one rule. */
    static final class OfRule {
        private final List<ExplainedRecord> records = new ArrayList<>();
        private long matched;
        private long sampledOut;

        /** The first ones, in the order in which they were read. */
        List<ExplainedRecord> records() {
            return List.copyOf(records);
        }

        /** How many records it matched in what was read. */
        long matched() {
            return matched;
        }

        /** How many of them its sample left out. */
        long sampledOut() {
            return sampledOut;
        }
    }

    /**
     * Nothing is collected yet.
     *
     * @param ruleIds in the order in which they are asked for
     * @param most records of a rule
     */
    ExplainedRules(ExplainedForms forms, List<String> ruleIds, int most) {
        this.forms = forms;
        this.most = most;
        ruleIds.forEach(rule -> byRuleId.put(rule, new OfRule()));
    }

    /** By id. */
    Map<String, OfRule> rules() {
        return byRuleId;
    }

    /** Whether a rule of the input can have more records. A rule that shows none is known when it has matched. */
    boolean wants(LogInput input) {
        return input.rules().stream().anyMatch(this::wants);
    }

    private boolean wants(Rule rule) {
        OfRule found = byRuleId.get(rule.id());
        return shows(rule) ? found.records.size() < most : found.matched == 0;
    }

    /** Whether its records can be found: what a rule masks, or changes after a rotation, and does not send is only counted. */
    private static boolean shows(Rule rule) {
        return rule.emits() || rule.changesFiles() && !rule.waitsForRotation();
    }

    /** Takes what was found in a part of a file. */
    void add(ScannedWindow window, LogInput input) {
        MatchBatch matches = window.matches();
        for (int rule = 0; rule < matches.rules().size(); rule++) {
            OfRule found = byRuleId.get(matches.rules().get(rule).id());
            found.matched += matches.matchedRecords(rule);
            found.sampledOut += matches.sampledOut(rule);
        }
        for (int match = 0; match < matches.size(); match++) {
            Rule rule = matches.rule(match);
            if (wants(rule)) {
                long offset = matches.recordOffset(match);
                add(window, rule, offset, Optional.of(forms.sent(window, match)), notes(matches, match, input));
            }
        }
        EditBatch edits = window.edits();
        for (int edit = 0; edit < edits.size(); edit++) {
            Rule rule = matches.rules().get(edits.rule(edit));
            long offset = edits.recordOffset(edits.record(edit));
            if (!rule.emits() && wants(rule) && !isLast(rule, window, offset)) {
                add(window, rule, offset, Optional.empty(), List.of());
            }
        }
    }

    private boolean isLast(Rule rule, ScannedWindow window, long offset) {
        List<ExplainedRecord> records = byRuleId.get(rule.id()).records;
        return !records.isEmpty()
                && records.getLast()
                        .place()
                        .equals(new Place(window.input(), window.file().path(), offset));
    }

    private void add(
            ScannedWindow window, Rule rule, long offset, Optional<ExplainedRecord.Sent> sent, List<String> notes) {
        byRuleId.get(rule.id())
                .records
                .add(new ExplainedRecord(
                        new Place(window.input(), window.file().path(), offset),
                        sent,
                        ExplainedChanges.of(window, rule, offset),
                        notes));
    }

    private static List<String> notes(MatchBatch matches, int match, LogInput input) {
        List<String> notes = new ArrayList<>();
        if (matches.isHeadOnly(match)) {
            notes.add("longer than 'maxRecordBytes': only its beginning is looked at and sent");
        }
        Optional<RecordParser> parser = input.reading().parser();
        if (parser.isPresent() && isUnparsed(parser.get(), matches, match)) {
            notes.add("does not parse: it has no fields of its own");
        }
        return notes;
    }

    /** The first one is known; others are told by the record as it is shown, whose masks may hide that it parses. */
    private static boolean isUnparsed(RecordParser parser, MatchBatch matches, int match) {
        long first = matches.firstUnparsedOffset();
        return matches.unparsedRecords() > 0
                && (matches.recordOffset(match) == first
                        || matches.unparsedRecords() > 1
                                && matches.recordOffset(match) > first
                                && !parses(parser, matches, match));
    }

    private static boolean parses(RecordParser parser, MatchBatch matches, int match) {
        int start = matches.recordStart(match);
        return matches.values().fieldCount(match) > 0
                || parser.open(List.of(), true).parse(matches.array(), start, start + matches.recordLength(match));
    }
}
