package io.pickaroon.processor.metrics;

import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryReasons;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.fix.FixTally;
import io.pickaroon.processor.fix.FixedWindow;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScanTally;
import io.pickaroon.processor.scan.ScannedWindow;
import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** What a run has done for one input so far: one update for each window, none for a record. Thread-safe. */
final class InputCounters {
    private final String id;
    private final List<Rule> rules;
    private final AtomicReference<ScanTally> scanned = new AtomicReference<>(ScanTally.ZERO);
    private final AtomicReference<ScanTally> alreadyDelivered = new AtomicReference<>(ScanTally.ZERO);
    private final AtomicReference<FixTally> fixes = new AtomicReference<>(FixTally.ZERO);
    private final AtomicLong emittedMatches = new AtomicLong();
    private final AtomicLong deadLetteredMatches = new AtomicLong();
    private final AtomicReference<DeliveryReasons> reasons = new AtomicReference<>(DeliveryReasons.NONE);
    private final AtomicLong fixesOfDeleted = new AtomicLong();
    private final AtomicLong lostBytes = new AtomicLong();
    private final AtomicLong unaccountedBytes = new AtomicLong();
    private final AtomicLong problems = new AtomicLong();
    private final AtomicLong readRetries = new AtomicLong();
    private final AtomicLong unparsedRecords = new AtomicLong();
    private final AtomicLong maskedFields = new AtomicLong();
    private final AtomicLong foreignLines = new AtomicLong();
    private final AtomicLong cutRecords = new AtomicLong();
    private final AtomicLong pacedNanos = new AtomicLong();
    private final AtomicLongArray matchedByRule;
    private final AtomicLongArray emittedByRule;
    private final AtomicLongArray sampledOutByRule;
    private final AtomicLongArray fixesByRule;
    private final AtomicLongArray leftAloneByRule;
    private final Map<FileIdentity, FileFigures> files = new ConcurrentHashMap<>();

    InputCounters(LogInput input) {
        this.id = input.id();
        this.rules = input.rules();
        this.matchedByRule = new AtomicLongArray(rules.size());
        this.emittedByRule = new AtomicLongArray(rules.size());
        this.sampledOutByRule = new AtomicLongArray(rules.size());
        this.fixesByRule = new AtomicLongArray(rules.size());
        this.leftAloneByRule = new AtomicLongArray(rules.size());
    }

    void opened(FileIdentity file, Position from, long nowNanos) {
        files.computeIfAbsent(file, _ -> new FileFigures(from, nowNanos)).continueAt(from);
    }

    void unread(FileIdentity file, long deliveredOffset, long bytes, long nowNanos) {
        if (bytes > 0) {
            files.computeIfAbsent(file, _ -> new FileFigures(new Position(deliveredOffset, false), nowNanos));
        }
        available(file, deliveredOffset + bytes, nowNanos);
    }

    void available(FileIdentity file, long offset, long nowNanos) {
        FileFigures figures = files.get(file);
        if (figures != null) {
            figures.available(offset, nowNanos);
        }
    }

    void forget(FileIdentity file) {
        files.remove(file);
    }

    void delivered(Acknowledgement acknowledgement) {
        ScannedWindow window = acknowledgement.window();
        scanned.accumulateAndGet(window.tally(), ScanTally::plus);
        if (acknowledgement.ofEarlierSession()) {
            alreadyDelivered.accumulateAndGet(window.tally(), ScanTally::plus);
        } else {
            unparsedRecords.addAndGet(window.matches().unparsedRecords());
            maskedFields.addAndGet(window.matches().maskedFields());
            foreignLines.addAndGet(window.matches().foreignLines());
            cutRecords.addAndGet(window.matches().cutRecords());
        }
        emittedMatches.addAndGet(acknowledgement.emittedMatches());
        deadLetteredMatches.addAndGet(acknowledgement.deadLetteredMatches());
        reasons.accumulateAndGet(acknowledgement.reasons(), DeliveryReasons::plus);
        countByRule(acknowledgement);
        FileFigures figures = files.get(window.file().identity());
        if (figures != null) {
            unaccountedBytes.addAndGet(figures.delivered(window));
        }
    }

    void passedOver(ScanTally tally) {
        scanned.accumulateAndGet(tally, ScanTally::plus);
        alreadyDelivered.accumulateAndGet(tally, ScanTally::plus);
    }

    private void countByRule(Acknowledgement acknowledgement) {
        MatchBatch matches = acknowledgement.window().matches();
        boolean emittedNow = acknowledgement.emittedMatches() + acknowledgement.deadLetteredMatches() > 0;
        for (int index = 0; index < matches.rules().size(); index++) {
            int matched = matches.matchedRecords(index);
            if (matched > 0) {
                int rule = rules.indexOf(matches.rules().get(index));
                int sampledOut = matches.sampledOut(index);
                matchedByRule.addAndGet(rule, matched);
                sampledOutByRule.addAndGet(rule, sampledOut);
                if (emittedNow && rules.get(rule).emits()) {
                    emittedByRule.addAndGet(rule, matched - sampledOut);
                }
            }
        }
    }

    void fixed(FixedWindow window) {
        fixes.accumulateAndGet(window.tally(), FixTally::plus);
        List<Rule> scanned = window.delivered().scanned().matches().rules();
        for (int index = 0; index < scanned.size(); index++) {
            if (window.edits(index) + window.leftAlone(index) > 0) {
                int rule = indexOf(scanned.get(index).id());
                fixesByRule.addAndGet(rule, window.edits(index));
                leftAloneByRule.addAndGet(rule, window.leftAlone(index));
            }
        }
    }

    /** By its id, because a rule whose fixes have waited for a rotation is another object by then. */
    private int indexOf(String ruleId) {
        return IntStream.range(0, rules.size())
                .filter(rule -> rules.get(rule).id().equals(ruleId))
                .findFirst()
                .orElseThrow();
    }

    void fixedDeleted(long edits) {
        fixesOfDeleted.addAndGet(edits);
    }

    void lost(long bytes) {
        lostBytes.addAndGet(bytes);
    }

    void paced(long nanos) {
        pacedNanos.addAndGet(nanos);
    }

    void problem() {
        problems.incrementAndGet();
    }

    void retried() {
        readRetries.incrementAndGet();
    }

    InputFigures figures(long nowNanos) {
        LongSummaryStatistics lagBytes =
                files.values().stream().mapToLong(FileFigures::lagBytes).summaryStatistics();
        long lagNanos = files.values().stream()
                .mapToLong(file -> file.lagNanos(nowNanos))
                .max()
                .orElse(0);
        return new InputFigures(
                id,
                scanned.get(),
                alreadyDelivered.get(),
                emittedMatches.get(),
                deadLetteredMatches.get(),
                reasons.get(),
                fixes.get(),
                fixesOfDeleted.get(),
                lostBytes.get(),
                unaccountedBytes.get(),
                unparsedRecords.get(),
                maskedFields.get(),
                foreignLines.get(),
                cutRecords.get(),
                problems.get(),
                readRetries.get(),
                files.size(),
                lagBytes.getSum(),
                Math.max(0, lagBytes.getMax()),
                Duration.ofNanos(lagNanos),
                Duration.ofNanos(pacedNanos.get()),
                IntStream.range(0, rules.size())
                        .mapToObj(rule -> new RuleFigures(
                                rules.get(rule).id(),
                                matchedByRule.get(rule),
                                emittedByRule.get(rule),
                                sampledOutByRule.get(rule),
                                fixesByRule.get(rule),
                                leftAloneByRule.get(rule)))
                        .toList());
    }
}
