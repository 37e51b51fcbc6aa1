package io.pickaroon.app.replay;

import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.inspect.DeliveredPlaces;
import io.pickaroon.app.inspect.TrailChanges;
import io.pickaroon.app.inspect.TrailChanges.Change;
import io.pickaroon.app.inspect.TrailChanges.Content;
import io.pickaroon.config.settings.RuleSettings;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says which rules may no longer find what they have sent, because they have changed it in the files. Stateless. */
final class ChangedRecords {
    private static final String CONSEQUENCE =
            "those records are sent again only where the rule still finds what stands there now";

    private ChangedRecords() {}

    /**
     * Says it, with numbers where there is an audit trail.
     *
     * @param rules those whose records are sent again, as the run has them
     */
    static void note(
            RunPlan plan, DeliveredPlaces places, List<RuleSettings> rules, List<ReplayedFile> files, ReplayNotes notes)
            throws IOException {
        List<RuleSettings> fixing =
                rules.stream().filter(RuleSettings::changesFiles).toList();
        if (fixing.stream().allMatch(rule -> fixed(rule, files) == 0)) {
            return;
        }
        Optional<Map<String, Long>> changes = changes(plan, places, files);
        for (RuleSettings rule : fixing) {
            long count = fixed(rule, files);
            if (count > 0) {
                notes.add(
                        changes.isPresent()
                                ? "rule %s: the audit trail has %d changes in what is read; %s"
                                        .formatted(rule.id(), changes.get().getOrDefault(rule.id(), 0L), CONSEQUENCE)
                                : "rule %s changes what it finds, and has changed what is read of %s; %s. How many there are is not known without an audit trail"
                                        .formatted(rule.id(), count == 1 ? "1 file" : count + " files", CONSEQUENCE));
            }
        }
    }

    /** In how many files the rule has changed what it found in the part that is read. */
    private static long fixed(RuleSettings rule, List<ReplayedFile> files) {
        return files.stream()
                .filter(file -> rule.inputs().contains(file.input())
                        && file.place().fixedOffset() > file.part().startOffset())
                .count();
    }

    /** Changes in what is read, by rule; empty if there is no audit trail. */
    private static Optional<Map<String, Long>> changes(RunPlan plan, DeliveredPlaces places, List<ReplayedFile> files)
            throws IOException {
        if (plan.audit().isEmpty()) {
            return Optional.empty();
        }
        Map<Content, ReplayedFile> byContent = new HashMap<>();
        files.forEach(file -> byContent.put(
                new Content(
                        file.identity().ofGeneration(0).toString(),
                        file.identity().generation()),
                file));
        Map<String, Long> counts = new HashMap<>();
        try {
            TrailChanges.read(plan.audit().get(), places, change -> {
                if (isIn(byContent.get(change.file()), change)) {
                    change.rules().forEach(rule -> counts.merge(rule, 1L, Long::sum));
                }
            });
            return Optional.of(counts);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private static boolean isIn(ReplayedFile file, Change change) {
        return file != null
                && change.record() >= file.part().startOffset()
                && change.record() < file.part().endOffset();
    }
}
