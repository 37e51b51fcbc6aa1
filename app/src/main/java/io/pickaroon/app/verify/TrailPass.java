package io.pickaroon.app.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.app.inspect.DeliveredPlaces;
import io.pickaroon.app.verify.VerifiedRules.Sending;
import io.pickaroon.processor.audit.TrailLine;
import io.pickaroon.processor.audit.TrailPlace;
import io.pickaroon.processor.audit.TrailSettings;
import io.pickaroon.processor.audit.TrailVerifier;
import io.pickaroon.processor.audit.TrailVerifier.Verdict;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the audit trail: whether its chain is whole, which ranges of files were changed, and of which matches it says that they were
 * found, and so delivered. What was announced since the checkpoint was written is left out. Memory is bounded by the changes of one
 * group. For one thread.
 */
final class TrailPass {
    private static final JsonFactory JSON = new JsonFactory();

    /** What a line says of a change. */
    private static final class Change {
        String identity = "";
        int generation;
        long record;
        long offset;
        long length;
        String configuration = "";
        final List<String> rules = new ArrayList<>();
    }

    private final TrailSettings trail;
    private final DeliveredPlaces places;
    private final VerifiedFiles files;
    private final VerifiedRules rules;
    private final SortedEntries delivery;
    private MaskedRanges ranges;
    /** Changes of the group that is read, by their numbers in it. */
    private final Map<Integer, Change> group = new TreeMap<>();

    private long groupCheckpointId;
    private long groupCounter;

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
            Verdict verdict = new TrailVerifier(trail.file(), trail.key())
                    .verify(head, (line, bytes, from, to, _) -> take(line, bytes, from, to));
            endGroup();
            masked.check(files.all());
            text.trail(verdict, masked);
            findings.wrong((verdict.problem().isPresent() ? 1 : 0) + masked.brokenCount());
            findings.unproven(Unproven.RANGE_OF_OTHER_CONFIGURATION, masked.otherCount());
            findings.unproven(Unproven.RANGE_NOT_READ, masked.notReadCount());
        } catch (NoSuchFileException _) {
            text.noTrail(trail.file(), head.isPresent());
            findings.wrong(head.isPresent() ? 1 : 0);
        }
    }

    private void take(TrailLine line, byte[] bytes, int from, int to) throws IOException {
        if (line.checkpointId() != groupCheckpointId || line.counter() != groupCounter) {
            endGroup();
            groupCheckpointId = line.checkpointId();
            groupCounter = line.counter();
        }
        switch (line.event()) {
            case TrailLine.CHANGE -> group.put(line.index(), change(bytes, from, to));
            case TrailLine.NOT_MADE -> group.remove(line.index());
            default -> {
                // Nothing was changed.
            }
        }
    }

    private void endGroup() throws IOException {
        if (places.hadAnnounced(groupCheckpointId, groupCounter)) {
            for (Change change : group.values()) {
                add(change);
            }
        }
        group.clear();
    }

    private void add(Change change) throws IOException {
        Optional<VerifiedFile> file = files.of(change.identity, change.generation);
        if (file.isEmpty()) {
            ranges.notRead();
            return;
        }
        ranges.add(file.get(), change.offset, change.length, change.rules, change.configuration);
        boolean isOurs =
                places.isOf(groupCheckpointId) && change.record < file.get().deliveredOffset();
        for (String id : isOurs ? change.rules : List.<String>of()) {
            Optional<Sending> rule =
                    rules.of(id).filter(sending -> sending.idHeader().isPresent());
            if (rule.isPresent() && rules.wasInForce(file.get().input(), id)) {
                delivery.add(
                        DeliveryComparison.group(file.get(), rule.get()),
                        change.record,
                        DeliveryComparison.EXPECTED,
                        change.offset + change.length);
            }
        }
    }

    private static Change change(byte[] bytes, int from, int to) throws IOException {
        Change change = new Change();
        try (JsonParser json = JSON.createParser(bytes, from, to - from)) {
            json.nextToken();
            while (json.nextToken() != null) {
                if (json.currentToken() != JsonToken.FIELD_NAME) {
                    continue;
                }
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "identity" -> change.identity = json.getText();
                    case "generation" -> change.generation = json.getIntValue();
                    case "record" -> change.record = json.getLongValue();
                    case "offset" -> change.offset = json.getLongValue();
                    case "length" -> change.length = json.getLongValue();
                    case "configuration" -> change.configuration = json.getText();
                    case "rules" -> {
                        while (json.nextToken() == JsonToken.VALUE_STRING) {
                            change.rules.add(json.getText());
                        }
                    }
                    default -> {
                        // Of no use here; the members of "file" are read as those around it.
                    }
                }
            }
        }
        return change;
    }
}
