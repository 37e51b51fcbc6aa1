package io.pickaroon.app.report;

import io.pickaroon.app.terminal.Quantities;
import io.pickaroon.app.terminal.Table;
import io.pickaroon.processor.delivery.DeliveryReasons;
import io.pickaroon.processor.fix.FixTally;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.scan.ScanTally;
import java.util.TreeMap;

/** A ledger as people read it: every byte in its place, and whether the sum is right. */
public final class LedgerText {
    private LedgerText() {}

    /** A table of records and bytes, and a line about matches and speed. */
    public static String of(Ledger ledger, double seconds) {
        ScanTally scanned = ledger.scanned();
        ScanTally seen = ledger.seenByRules();
        Table table = new Table()
                .row("", "records", "bytes")
                .row("matched", Quantities.count(seen.matchedRecords()), Quantities.count(seen.matchedBytes()))
                .row(
                        "unmatched",
                        Quantities.count(seen.records() - seen.matchedRecords()),
                        Quantities.count(seen.unmatchedBytes()))
                .row(
                        "oversized, of these",
                        Quantities.count(seen.oversizedRecords()),
                        Quantities.count(seen.oversizedBytes()));
        if (ledger.alreadyDelivered().bytes() > 0) {
            table.row(
                    "already delivered",
                    Quantities.count(ledger.alreadyDelivered().records()),
                    Quantities.count(ledger.alreadyDelivered().bytes()));
        }
        table.row("lost", "-", Quantities.count(ledger.lostBytes()));
        if (ledger.skippedBytes() > 0) {
            table.row("leading NULs, byte order marks", "-", Quantities.count(ledger.skippedBytes()));
        }
        table.row(
                "all",
                Quantities.count(scanned.records()),
                Quantities.count(scanned.bytes() + ledger.lostBytes() + ledger.skippedBytes()));
        return table.render()
                + "%s matches emitted, %s dead-lettered%s%s; %s in %s, %s/s"
                        .formatted(
                                Quantities.count(ledger.emittedMatches()),
                                Quantities.count(ledger.deadLetteredMatches()),
                                sampledOut(ledger.sampledOutMatches()),
                                earlier(ledger.earlierMatches()),
                                Quantities.bytes(scanned.bytes()),
                                Quantities.duration(seconds),
                                Quantities.bytes(scanned.bytes() / Math.max(seconds, 1e-3)))
                + reasons(ledger.reasons())
                + fixes(ledger.fixes())
                + waiting(ledger.waitingBytes())
                + fields(ledger)
                + containerLines(ledger);
    }

    private static String fields(Ledger ledger) {
        String unparsed = ledger.unparsedRecords() == 0
                ? ""
                : "%nrecords that do not parse, so that they have no field: %s"
                        .formatted(Quantities.count(ledger.unparsedRecords()));
        return ledger.maskedFields() == 0
                ? unparsed
                : unparsed
                        + "%nfields masked whole in what was sent, because an escape hid from the file what a mask matches: %s"
                                .formatted(Quantities.count(ledger.maskedFields()));
    }

    private static String containerLines(Ledger ledger) {
        String foreign = ledger.foreignLines() == 0
                ? ""
                : "%nlines of container logs that are not in the format of their input, each a record as it stands: %s"
                        .formatted(Quantities.count(ledger.foreignLines()));
        return ledger.cutRecords() == 0
                ? foreign
                : foreign
                        + "%nrecords of container logs that are not all of their message: %s"
                                .formatted(Quantities.count(ledger.cutRecords()));
    }

    /** A line for each reason why a match was not sent as its rule says. */
    private static String reasons(DeliveryReasons reasons) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(reasons.deadLetters())
                .forEach((reason, count) ->
                        lines.append("%n  dead-lettered: %s %s".formatted(Quantities.count(count), reason)));
        new TreeMap<>(reasons.readTimes())
                .forEach((reason, count) -> lines.append("%n  sent with the time of reading: %s, timestamp %s"
                        .formatted(Quantities.count(count), reason)));
        return lines.toString();
    }

    private static String waiting(long bytes) {
        return bytes == 0
                ? ""
                : "%nfixes in %s bytes that were delivered wait until their files are rotated"
                        .formatted(Quantities.count(bytes));
    }

    private static String sampledOut(long matches) {
        return matches == 0 ? "" : ", %s left out by samples".formatted(Quantities.count(matches));
    }

    private static String earlier(long matches) {
        return matches == 0 ? "" : ", %s that the destination had already".formatted(Quantities.count(matches));
    }

    /** What was fixed, and a line for each reason why something was left alone. */
    private static String fixes(FixTally fixes) {
        if (fixes.equals(FixTally.ZERO)) {
            return "";
        }
        StringBuilder lines = new StringBuilder(
                "%n%s fixes, %s bytes".formatted(Quantities.count(fixes.edits()), Quantities.count(fixes.bytes())));
        SkippedFixes.reasons(fixes).forEach(reason -> lines.append("%n  left alone: %s".formatted(reason)));
        return lines.toString();
    }
}
