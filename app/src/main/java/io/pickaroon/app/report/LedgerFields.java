package io.pickaroon.app.report;

import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.scan.ScanTally;
import java.util.LinkedHashMap;
import java.util.Map;

/** A ledger as programs read it: every byte in its place. */
public final class LedgerFields {
    private LedgerFields() {}

    /** Counts, sizes in bytes, and how long the run took, in a fixed order. */
    public static Map<String, Number> of(Ledger ledger, double seconds) {
        ScanTally scanned = ledger.scanned();
        ScanTally seen = ledger.seenByRules();
        Map<String, Number> fields = new LinkedHashMap<>();
        fields.put("seconds", seconds);
        fields.put("records", scanned.records());
        fields.put("matchedRecords", seen.matchedRecords());
        fields.put("oversizedRecords", seen.oversizedRecords());
        fields.put("bytes", scanned.bytes());
        fields.put("matchedBytes", seen.matchedBytes());
        fields.put("unmatchedBytes", seen.unmatchedBytes());
        fields.put("oversizedBytes", seen.oversizedBytes());
        fields.put("alreadyDeliveredRecords", ledger.alreadyDelivered().records());
        fields.put("alreadyDeliveredBytes", ledger.alreadyDelivered().bytes());
        fields.put("lostBytes", ledger.lostBytes());
        fields.put("skippedBytes", ledger.skippedBytes());
        fields.put("emittedMatches", ledger.emittedMatches());
        fields.put("deadLetteredMatches", ledger.deadLetteredMatches());
        fields.put("sampledOutMatches", ledger.sampledOutMatches());
        ledger.reasons().deadLetters().forEach((reason, count) -> fields.put("deadLettered." + reason, count));
        ledger.reasons().readTimes().forEach((reason, count) -> fields.put("sentWithReadTime." + reason, count));
        fields.put("earlierMatches", ledger.earlierMatches());
        fields.put("fixes", ledger.fixes().edits());
        fields.put("fixedBytes", ledger.fixes().bytes());
        for (SkippedFixes skipped : SkippedFixes.values()) {
            fields.put("fixesLeftAlone." + skipped.label(), skipped.in(ledger.fixes()));
        }
        fields.put("waitingBytes", ledger.waitingBytes());
        fields.put("unparsedRecords", ledger.unparsedRecords());
        fields.put("maskedFields", ledger.maskedFields());
        fields.put("foreignLines", ledger.foreignLines());
        fields.put("cutRecords", ledger.cutRecords());
        fields.put("problems", ledger.problems().size());
        return fields;
    }
}
