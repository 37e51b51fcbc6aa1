package io.pickaroon.app.inspect;

import io.pickaroon.app.error.UserError;
import io.pickaroon.processor.audit.TrailHead;
import io.pickaroon.processor.audit.TrailPlace;
import io.pickaroon.processor.checkpoint.Checkpoint;
import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.checkpoint.CheckpointInspection;
import io.pickaroon.processor.checkpoint.KnownRule;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LineEnds;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.rule.RecordParser;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.rule.RuleFingerprint;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far each file was delivered and fixed when its checkpoint was read, which a run may be using. Immutable. Takes no lock and
 * changes nothing.
 */
public final class DeliveredPlaces {
    private final Checkpoint checkpoint;

    private DeliveredPlaces(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    /**
     * One file, in one generation.
     *
     * @param deliveredOffset every record that starts before it is delivered
     * @param fixedOffset every record that starts before it also has all of its fixes
     * @param wasReset whether it was ever read again from an earlier place
     * @param lineEnds where lines ended before the first of the two places
     */
    public record Place(
            FileIdentity identity,
            Path path,
            long deliveredOffset,
            long fixedOffset,
            boolean wasReset,
            LineEnds lineEnds) {
        /** Whether a file that reaches up to there still has the content that was read. */
        public boolean fits(LogFile file) throws IOException {
            return lineEnds.areStillIn(file, deliveredOffset);
        }
    }

    /**
     * Reads a checkpoint.
     *
     * @throws UserError if there is none
     * @throws IOException if it cannot be read, or no run would start with it
     */
    public static DeliveredPlaces read(Path path) throws IOException {
        CheckpointInspection inspection;
        try {
            inspection = CheckpointFile.inspect(path);
        } catch (NoSuchFileException _) {
            throw new UserError("%s: there is no checkpoint yet, so nothing is known to be delivered; run first"
                    .formatted(NativePath.printable(path)));
        }
        return new DeliveredPlaces(inspection
                .checkpoint()
                .orElseThrow(() -> new IOException(inspection.problem().orElseThrow())));
    }

    /** When the checkpoint was written. */
    public Instant writtenAt() {
        return checkpoint.writtenAt();
    }

    /** Files of which anything was delivered. */
    public long filesWithContent() {
        return checkpoint.entries().values().stream()
                .filter(entry -> entry.position().offset() > 0)
                .count();
    }

    /** What it says of a file in a generation; also if the device number of the file was another one then. */
    public Optional<Place> of(FileIdentity file) {
        CheckpointEntry known = checkpoint.entries().get(file);
        if (known != null) {
            return Optional.of(place(file, known));
        }
        return checkpoint.entries().entrySet().stream()
                .filter(entry -> isSame(entry.getKey(), file))
                .map(entry -> place(entry.getKey(), entry.getValue()))
                .findFirst();
    }

    /** What it says of a file in the latest generation that it knows. */
    public Optional<Place> latest(FileIdentity file) {
        return checkpoint.entries().entrySet().stream()
                .filter(entry ->
                        entry.getKey().isSameInode(file) || entry.getKey().isSameInodeOfOtherDevice(file))
                .max(Comparator.comparingInt(entry -> entry.getKey().generation()))
                .map(entry -> place(entry.getKey(), entry.getValue()));
    }

    /** All files that it knows, in all generations. */
    public List<Place> all() {
        return checkpoint.entries().entrySet().stream()
                .map(entry -> place(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static boolean isSame(FileIdentity known, FileIdentity file) {
        return known.generation() == file.generation()
                && (known.isSameInode(file) || known.isSameInodeOfOtherDevice(file));
    }

    private static Place place(FileIdentity identity, CheckpointEntry entry) {
        return new Place(
                identity,
                entry.path(),
                entry.position().offset(),
                entry.waiting().from().offset(),
                entry.reset().number() > 0 || entry.reset().isPending(),
                entry.content().lineEnds());
    }

    private Optional<TrailHead> trailHead() {
        return checkpoint.section(TrailHead.SECTION).flatMap(TrailHead::decode);
    }

    /** Where an audit trail ended; empty if the checkpoint knows nothing of this one. */
    public Optional<TrailPlace> trailPlace(Path trail) {
        return trailHead()
                .map(TrailHead::place)
                .filter(place -> place.file().getFileName().equals(trail.getFileName()));
    }

    /** Whether a number in an audit trail has this checkpoint. */
    public boolean isOf(long checkpointId) {
        return checkpoint
                .sections()
                .instance()
                .filter(instance -> instance.checkpointId() == checkpointId)
                .isPresent();
    }

    /** Whether a group of changes was announced, and made as far as it could be, when the checkpoint was written. */
    public boolean hadAnnounced(long checkpointId, long counter) {
        return !isOf(checkpointId)
                || trailHead().filter(head -> counter <= head.counter()).isPresent();
    }

    /** Whether the latest run had this rule; true if that is not known. */
    public boolean hadRule(LogInput input, Rule rule) {
        Optional<Set<KnownRule>> rules = checkpoint.sections().rules();
        String parser = input.reading().parser().map(RecordParser::description).orElse("");
        String fingerprint = RuleFingerprint.of(rule.pattern(), input.plan().format(), parser);
        return rules.isEmpty() || rules.get().contains(new KnownRule(input.id(), rule.id(), fingerprint));
    }
}
