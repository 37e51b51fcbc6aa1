package io.pickaroon.app.verify;

import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.inspect.DeliveredPlaces;
import io.pickaroon.app.inspect.TrailChanges;
import io.pickaroon.app.verify.VerifiedRules.Sending;
import io.pickaroon.processor.audit.TrailPlace;
import io.pickaroon.processor.audit.TrailSettings;
import io.pickaroon.processor.audit.TrailVerifier.Verdict;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads the audit trail: whether its chain is whole, which ranges of files were changed, and of which matches it says that they were
 * found, and so delivered. What was announced since the checkpoint was written is left out. Memory is bounded by the changes of one
 * group. For one thread.
 */
final class TrailPass {
    private final TrailSettings trail;
    private final DeliveredPlaces places;
    private final VerifiedFiles files;
    private final VerifiedRules rules;
    private final SortedEntries delivery;
    private MaskedRanges ranges;

    /** @param delivery takes the matches that it says were found */
    TrailPass(TrailSettings trail, VerifiedFiles files, VerifiedRules rules, SortedEntries delivery) {
        this.trail = trail;
        this.places = files.places();
        this.files = files;
        this.rules = rules;
        this.delivery = delivery;
    }

    /**
     * Reads it, and looks at the ranges. Called once, when the files are read.
     *
     * @param temporary directory for what does not fit into memory
     */
    void compare(RunPlan plan, Path temporary, VerifyText text, Findings findings) throws IOException {
        Optional<TrailPlace> head = places.trailPlace(trail.file());
        try (MaskedRanges masked = new MaskedRanges(plan.settings(), plan.files(), trail.configuration(), temporary)) {
            ranges = masked;
            Verdict verdict = TrailChanges.read(trail, places, this::add);
            masked.check(files.all());
            text.trail(verdict, masked);
            findings.wrong((verdict.problem().isPresent() ? 1 : 0) + masked.brokenCount());
            findings.unproven(Unproven.TRAIL_NOT_WHOLE, verdict.isWhole() ? 0 : 1);
            findings.unproven(Unproven.RANGE_OF_OTHER_CONFIGURATION, masked.otherCount());
            findings.unproven(Unproven.RANGE_NOT_READ, masked.notReadCount());
        } catch (NoSuchFileException _) {
            text.noTrail(trail.file(), head.isPresent());
            findings.wrong(head.isPresent() ? 1 : 0);
        }
    }

    private void add(TrailChanges.Change change) throws IOException {
        Optional<VerifiedFile> file =
                files.of(change.file().identity(), change.file().generation());
        if (file.isEmpty()) {
            ranges.notRead();
            return;
        }
        ranges.add(
                file.get(),
                change.offset(),
                change.length(),
                change.rules(),
                change.origin().configuration());
        boolean isOurs = places.isOf(change.origin().checkpointId())
                && change.record() < file.get().deliveredOffset();
        for (String id : isOurs ? change.rules() : List.<String>of()) {
            Optional<Sending> rule =
                    rules.of(id).filter(sending -> sending.idHeader().isPresent());
            if (rule.isPresent() && rules.wasInForce(file.get().input(), id)) {
                delivery.add(
                        DeliveryComparison.group(file.get(), rule.get()),
                        change.record(),
                        DeliveryComparison.EXPECTED,
                        change.offset() + change.length());
            }
        }
    }
}
