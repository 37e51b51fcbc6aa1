package io.pickaroon.app.figures;

import io.pickaroon.app.report.LedgerFields;
import io.pickaroon.app.report.SkippedFixes;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryReasons;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.fix.FixTally;
import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.EditBatch;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScanTally;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what a run does by file and rule: some additions for each window, none for a record. Grows with the number of files, not
 * with what matches. Thread-safe.
 */
public final class RunFigures {
    /** Records that a rule matched. */
    public static final String MATCHED = "matchedRecords";
    /** Matches of a rule that the destination takes, as dead letters too. */
    public static final String EMITTED = "emittedMatches";

    public static final String SAMPLED_OUT = "sampledOutMatches";
    /** Changes that are made. */
    public static final String FIXES = "fixes";
    /** What a figure begins with that counts changes that are not made, for one reason. */
    public static final String LEFT_ALONE = "fixesLeftAlone.";

    /** Of changes that stood there already, and of such whose bytes have changed, the engine has one figure for each rule. */
    private static final String ALREADY_OR_CHANGED = "already_done_or_changed_meanwhile";

    /** What a ledger knows of all files together alone. */
    private static final List<String> OF_ALL_FILES =
            List.of("seconds", "lostBytes", "skippedBytes", "waitingBytes", "problems");

    private final Map<FileIdentity, OfFile> files = new LinkedHashMap<>();

    private static final class OfFile {
        final FileInRun.Place place;
        final Map<String, Map<String, Long>> rules = new TreeMap<>();
        long start = Long.MAX_VALUE;
        long end;
        boolean isRead;
        ScanTally scanned = ScanTally.ZERO;
        ScanTally alreadyDelivered = ScanTally.ZERO;
        FixTally fixes = FixTally.ZERO;
        DeliveryReasons reasons = DeliveryReasons.NONE;
        long emitted;
        long earlier;
        long deadLettered;
        long sampledOut;
        long unparsed;
        long maskedFields;

        OfFile(FileInRun.Place place) {
            this.place = place;
        }

        void reaches(ScannedWindow window) {
            start = Math.min(start, window.startOffset());
            end = Math.max(end, window.end().offset());
        }

        void add(String rule, String figure, long count) {
            if (count > 0) {
                rules.computeIfAbsent(rule, _ -> new LinkedHashMap<>()).merge(figure, count, Long::sum);
            }
        }

        FileInRun figures() {
            Ledger ledger = new Ledger(
                    scanned,
                    alreadyDelivered,
                    emitted,
                    earlier,
                    deadLettered,
                    sampledOut,
                    reasons,
                    fixes,
                    0,
                    0,
                    0,
                    unparsed,
                    maskedFields,
                    List.of());
            Map<String, Long> figures = new LinkedHashMap<>();
            LedgerFields.of(ledger, 0).forEach((name, count) -> figures.put(name, count.longValue()));
            figures.keySet().removeAll(OF_ALL_FILES);
            return new FileInRun(
                    place,
                    start,
                    end,
                    figures,
                    rules.entrySet().stream()
                            .map(rule -> new RuleInFile(rule.getKey(), rule.getValue()))
                            .toList());
        }
    }

    /** A window that is delivered and fixed, as {@code RunCounters.whenFixed} passes it on. */
    public synchronized void fixed(FixedWindow fixed) {
        ScannedWindow window = fixed.delivered().scanned();
        OfFile file = files.computeIfAbsent(window.file().identity(), identity -> new OfFile(place(window, identity)));
        if (!fixed.delivered().fixesWaited()) {
            delivered(file, fixed.delivered().acknowledgement());
        } else if (!file.isRead) {
            file.reaches(window);
        }
        file.fixes = file.fixes.plus(fixed.tally());
        List<Rule> rules = window.matches().rules();
        for (int index = 0; index < rules.size(); index++) {
            String rule = rules.get(index).id();
            file.add(rule, FIXES, fixed.edits(index));
            if (fixed.leftAlone(index) > 0) {
                leftAlone(file, rule, index, fixed);
            }
        }
    }

    private static FileInRun.Place place(ScannedWindow window, FileIdentity identity) {
        return new FileInRun.Place(
                window.input(), NativePath.escaped(window.file().path()), identity.toString());
    }

    private static void delivered(OfFile file, Acknowledgement acknowledgement) {
        ScannedWindow window = acknowledgement.window();
        if (!file.isRead) {
            file.isRead = true;
            file.start = Long.MAX_VALUE;
            file.end = 0;
        }
        file.reaches(window);
        file.scanned = file.scanned.plus(window.tally());
        MatchBatch matches = window.matches();
        if (acknowledgement.ofEarlierSession()) {
            file.alreadyDelivered = file.alreadyDelivered.plus(window.tally());
        } else {
            file.unparsed += matches.unparsedRecords();
            file.maskedFields += matches.maskedFields();
        }
        file.emitted += acknowledgement.emittedMatches();
        file.earlier += acknowledgement.earlierMatches();
        file.deadLettered += acknowledgement.deadLetteredMatches();
        file.sampledOut += matches.sampledOut();
        file.reasons = file.reasons.plus(acknowledgement.reasons());
        boolean isSentNow = acknowledgement.emittedMatches() + acknowledgement.deadLetteredMatches() > 0;
        for (int index = 0; index < matches.rules().size(); index++) {
            Rule rule = matches.rules().get(index);
            int sampledOut = matches.sampledOut(index);
            file.add(rule.id(), MATCHED, matches.matchedRecords(index));
            file.add(rule.id(), SAMPLED_OUT, sampledOut);
            if (isSentNow && rule.emits()) {
                file.add(rule.id(), EMITTED, matches.matchedRecords(index) - (long) sampledOut);
            }
        }
    }

    private static void leftAlone(OfFile file, String rule, int index, FixedWindow fixed) {
        EditBatch edits = fixed.delivered().scanned().edits();
        for (EditBatch.Reason reason : EditBatch.Reason.values()) {
            file.add(rule, LEFT_ALONE + label(reason), edits.leftAlone(index, reason));
        }
        FixTally all = fixed.tally();
        String whyStanding = all.changedMeanwhile() == 0
                ? SkippedFixes.ALREADY_DONE.label()
                : all.alreadyDone() == 0 ? SkippedFixes.CHANGED_MEANWHILE.label() : ALREADY_OR_CHANGED;
        file.add(rule, LEFT_ALONE + whyStanding, fixed.leftAlone(index) - (long) edits.leftAlone(index));
    }

    private static String label(EditBatch.Reason reason) {
        return switch (reason) {
            case OVERLAPPING -> SkippedFixes.OVERLAPPING.label();
            case PROTECTED_HEAD -> SkippedFixes.PROTECTED_HEAD.label();
            case OTHER_LENGTH -> SkippedFixes.OTHER_LENGTH.label();
        };
    }

    /** The files so far of which anything was read or changed, in the order of their names. */
    public synchronized List<FileInRun> files() {
        return files.values().stream()
                .map(OfFile::figures)
                .sorted(Comparator.comparing((FileInRun file) -> file.place().path())
                        .thenComparing(file -> file.place().identity()))
                .toList();
    }
}
