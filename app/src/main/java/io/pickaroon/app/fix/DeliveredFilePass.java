package io.pickaroon.app.fix;

import io.pickaroon.connect.split.SplitOffset;
import io.pickaroon.processor.RunState;
import io.pickaroon.processor.StretchFixer;
import io.pickaroon.processor.StretchFixer.Stretch;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.rule.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Fixes one open file as far as it is committed: first what is fixed at once, then, if the file was rotated, what waited for
 * that. Each of the two has a state of its own, in which the file keeps the name under which it was first seen.
 */
final class DeliveredFilePass {
    private final DeliveredFix.Request request;
    private final DeliveredReport report;
    private final FixTrail trail;
    private final BooleanSupplier goesOn;

    DeliveredFilePass(DeliveredFix.Request request, DeliveredReport report, FixTrail trail, BooleanSupplier goesOn) {
        this.trail = trail;
        this.request = request;
        this.report = report;
        this.goesOn = goesOn;
    }

    /** @param file that fits what is committed */
    void fix(LogInput input, LogFile file, CommittedFile committed) throws IOException {
        FileOutcome outcome = FileOutcome.NOTHING;
        for (DeliveredRules rules : List.of(DeliveredRules.atOnce(input), DeliveredRules.afterRotation(input))) {
            if (!rules.isEmpty()) {
                for (Map.Entry<Set<String>, List<Stretch>> sent :
                        bySentRules(rules, file, committed).entrySet()) {
                    outcome = outcome.plus(fix(rules.only(sent.getKey()), sent.getValue(), file, committed));
                }
            }
        }
        long committedBytes = committed.stretches().stream()
                .mapToLong(stretch -> stretch.endOffset() - stretch.startOffset())
                .sum();
        report.add(file.path(), outcome, committedBytes, file.sizeBytes());
    }

    /**
     * The stretches, by the ids of the rules that may change something there. Each group has a state of its own: what was done
     * without a rule is not done for that rule, and is done when the connector has sent it once more, by that rule too.
     */
    private Map<Set<String>, List<Stretch>> bySentRules(DeliveredRules rules, LogFile file, CommittedFile committed) {
        Map<Set<String>, List<Stretch>> groups = new LinkedHashMap<>();
        Map<String, Long> leftOut = new TreeMap<>();
        for (Stretch stretch : committed.stretches()) {
            if (isKnown(stretch, rules, file.path(), committed)) {
                Set<String> sent = rules.sent(committed.rules(stretch));
                groups.computeIfAbsent(sent, _ -> new ArrayList<>()).add(stretch);
                rules.input().rules().stream()
                        .map(Rule::id)
                        .filter(id -> !sent.contains(id))
                        .forEach(id -> leftOut.merge(id, stretch.endOffset() - stretch.startOffset(), Long::sum));
            }
        }
        groups.remove(Set.of());
        leftOut.forEach((rule, bytes) -> report.leftOut(file.path(), rule, bytes));
        return groups;
    }

    private FileOutcome fix(DeliveredRules rules, List<Stretch> stretches, LogFile file, CommittedFile committed)
            throws IOException {
        long splitBytes = committed.splits().values().stream()
                .findFirst()
                .map(SplitOffset::splitBytes)
                .orElseThrow();
        String kind = rules.kind(committed.key(), splitBytes);
        if (request.how().dryRun()) {
            Path checkpoint = FixState.checkpoint(request.stateRoot(), file.identity(), kind);
            try (RunState state = RunState.dry(checkpoint)) {
                return fix(rules, stretches, file, committed, state);
            }
        }
        try (FixState state = FixState.open(request.stateRoot(), file.path(), kind, trail.next())) {
            report.finished(file.path(), state.finishedRecords());
            FileOutcome outcome = fix(rules, stretches, file, committed, state.kept());
            trail.learn(state.kept());
            return outcome;
        }
    }

    private FileOutcome fix(
            DeliveredRules rules, List<Stretch> stretches, LogFile file, CommittedFile committed, RunState state)
            throws IOException {
        StretchFixer fixer = new StretchFixer(rules.input(), state, report.parts(file.path()));
        Optional<Path> home = state.names().values().stream().findFirst();
        if (rules.areWaiting()
                && !committed.hadOtherName(file.path())
                && home.map(file.path()::equals).orElse(true)) {
            fixer.keepName(file);
            report.note(file.path(), rules.ids() + ": the fix waits for its rotation");
            return FileOutcome.NOTHING;
        }
        // What waits keeps its name for good; of the others a fix that was interrupted is looked for where the file was
        // last.
        LogFile known = rules.areWaiting() ? file.knownAs(home.orElse(file.path()), 0) : file;
        StretchFixer.Outcome outcome = fixer.fix(known, committed.key().generation() > 0, stretches, goesOn);
        return new FileOutcome(outcome.scanned(), outcome.fixes());
    }

    /** Where it is not known what was sent, a fix would destroy what may not have been. */
    private boolean isKnown(Stretch stretch, DeliveredRules rules, Path file, CommittedFile committed) {
        boolean isKnown = !committed.rules(stretch).isEmpty() || !rules.anyEmits();
        if (!isKnown) {
            report.skipped(
                    file,
                    "the offset of %s names no rules, as one that was set by hand: what stands before it may not have been sent, and is not fixed"
                            .formatted(committed.text(stretch.number())));
        }
        return isKnown;
    }
}
