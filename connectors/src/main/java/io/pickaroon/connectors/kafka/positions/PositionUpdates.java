package io.pickaroon.connectors.kafka.positions;

import io.pickaroon.connectors.kafka.claim.Claim;
import io.pickaroon.processor.delivery.DeliveredPosition;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.scan.ScannedWindow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What the next transaction writes to the positions topic: how far files are delivered, and which records it removes
 * because their files are forgotten or began again after a truncation. For one session; one group at a time uses it. It
 * sends nothing.
 */
public final class PositionUpdates {
    private record Reached(FileIdentity file, Path path, DeliveredPosition position) {}

    private final PositionRecords topic;
    private final Map<FileIdentity, DeliveredPosition> atStart;
    private final ClaimRenewal renewal;
    private final Set<FileIdentity> forgottenInodes;
    private final ToIntFunction<FileIdentity> resets;
    private final boolean passing;
    private boolean ended;
    private Optional<Claim> renewedClaim = Optional.empty();

    /** Which generations of an inode have a record in the topic. */
    private final Map<FileIdentity, Set<FileIdentity>> recorded = new HashMap<>();

    /** How far the latest generation of each inode is delivered. */
    private final Map<FileIdentity, Reached> unwritten = new LinkedHashMap<>();

    private final Set<FileIdentity> superfluous = new LinkedHashSet<>();
    private final Map<FileIdentity, Long> rulesSince = new HashMap<>();

    /** The forgotten files among the last {@link #records}. */
    private final Set<FileIdentity> removedInodes = new HashSet<>();

    /**
     * @param renewal renews the claim of the name
     * @param atStart what the topic had when the session began
     * @param passing whether the name ends with the windows of the session
     * @param forgottenInodes files, in generation 0, that the engine has forgotten and that may still have records.
     *     Other threads may add to it at any time; files whose records are removed, or that are delivered again, are
     *     taken out
     * @param resets how often a file was reset, as far as the checkpoint knows
     */
    public PositionUpdates(
            PositionRecords topic,
            ClaimRenewal renewal,
            Map<FileIdentity, DeliveredPosition> atStart,
            boolean passing,
            Set<FileIdentity> forgottenInodes,
            ToIntFunction<FileIdentity> resets) {
        this.topic = topic;
        this.renewal = renewal;
        this.resets = resets;
        this.atStart = atStart;
        this.passing = passing;
        this.forgottenInodes = forgottenInodes;
        atStart.keySet().forEach(this::addRecorded);
        recorded.values()
                .forEach(generations -> generations.stream()
                        .mapToInt(FileIdentity::generation)
                        .max()
                        .ifPresent(latest -> superseded(generations, latest)));
    }

    private void addRecorded(FileIdentity file) {
        recorded.computeIfAbsent(file.ofGeneration(0), _ -> new LinkedHashSet<>())
                .add(file);
    }

    /**
     * Windows of a file come in order: when a window of a later generation comes, all earlier generations are
     * delivered.
     */
    private void superseded(Set<FileIdentity> generations, int latest) {
        generations.stream().filter(file -> file.generation() < latest).forEach(superfluous::add);
    }

    /** Notes that the file is delivered up to the end of this window once the next transaction is committed. */
    public void reached(ScannedWindow window) {
        FileIdentity file = window.file().identity();
        FileIdentity inode = file.ofGeneration(0);
        forgottenInodes.remove(inode);
        superseded(recorded.getOrDefault(inode, Set.of()), file.generation());
        DeliveredPosition position = DeliveredPosition.after(window, rulesSince(window), resets(file));
        unwritten.put(inode, new Reached(file, window.file().path(), position));
    }

    /**
     * A session has one set of rules. An earlier session may have had the same rules and have ended where this one
     * begins.
     */
    private long rulesSince(ScannedWindow window) {
        return rulesSince.merge(
                window.file().identity(), continuedFrom(window), (since, _) -> Math.min(since, window.startOffset()));
    }

    /** A position in the topic with a higher number than the checkpoint's counts. */
    private int resets(FileIdentity file) {
        DeliveredPosition before = atStart.get(file);
        return Math.max(before == null ? 0 : before.resets(), resets.applyAsInt(file));
    }

    private long continuedFrom(ScannedWindow window) {
        DeliveredPosition before = atStart.get(window.file().identity());
        boolean goesOn = before != null
                && before.rules().equals(window.rules())
                && before.position().offset() == window.startOffset();
        return goesOn ? before.rulesSince() : window.startOffset();
    }

    /** Whether {@link #renewClaim} has to come before the next transaction. */
    public boolean isRenewalDue() {
        return !ended && renewal.isDue();
    }

    /** Renews the claim of the name in the checkpoint; blocks. The next transaction renews it in the topic. */
    public void renewClaim() throws InterruptedException {
        renewedClaim = Optional.of(renewal.renew());
    }

    /**
     * Notes that a transaction is about to write to topics that records name.
     *
     * @param written the topics of that transaction
     * @param known all that records have named
     * @return whether {@link #records} have to be committed first: whoever continues under the name, however this run
     *     ends, has to know where its transactions are
     */
    public boolean writesTo(Set<String> written, Set<String> known) {
        Optional<Claim> claim = renewal.writesTo(written, known);
        if (claim.isPresent()) {
            renewedClaim = claim;
        }
        return claim.isPresent();
    }

    /** What the topic had when the session began. */
    public Map<FileIdentity, DeliveredPosition> atStart() {
        return atStart;
    }

    /** The last window has come. A passing name ends here: the next transaction removes its records from the topic. */
    public void windowsEnded() {
        ended = passing;
    }

    /** All records to write now. They come again, with later ones, until {@link #committed}. */
    public List<ProducerRecord<byte[], byte[]>> records(Instant now) {
        if (ended) {
            List<ProducerRecord<byte[], byte[]>> removals = new ArrayList<>();
            recorded.values().forEach(files -> files.forEach(file -> removals.add(topic.removal(file))));
            removals.add(topic.claimRemoval());
            return removals;
        }
        removedInodes.clear();
        removedInodes.addAll(forgottenInodes);
        for (FileIdentity inode : removedInodes) {
            superfluous.addAll(recorded.getOrDefault(inode, Set.of()));
        }
        unwritten.keySet().removeAll(removedInodes);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        unwritten
                .values()
                .forEach(reached ->
                        records.add(topic.position(reached.file(), reached.path(), reached.position(), now)));
        superfluous.forEach(file -> records.add(topic.removal(file)));
        renewedClaim.ifPresent(claim -> records.add(topic.claim(claim)));
        return records;
    }

    /** What {@link #records} last gave is in the topic. */
    public void committed() {
        unwritten.values().forEach(reached -> addRecorded(reached.file()));
        unwritten.clear();
        for (FileIdentity file : superfluous) {
            rulesSince.remove(file);
            recorded.computeIfPresent(file.ofGeneration(0), (_, generations) -> {
                generations.remove(file);
                return generations.isEmpty() ? null : generations;
            });
        }
        superfluous.clear();
        renewedClaim = Optional.empty();
        forgottenInodes.removeAll(removedInodes);
        removedInodes.clear();
    }
}
