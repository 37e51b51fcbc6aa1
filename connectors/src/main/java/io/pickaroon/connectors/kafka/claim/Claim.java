package io.pickaroon.connectors.kafka.claim;

import io.pickaroon.processor.delivery.Instance;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * That a checkpoint uses a name. Immutable; the positions topic has at most one for each name.
 *
 * @param checkpointId which checkpoint; see {@link Instance#checkpointId()}
 * @param host where it was started last
 * @param path of the checkpoint there, absolute, without links, as {@link
 *     io.pickaroon.processor.directio.NativePath#printable} has it; empty if there is none
 * @param starts how often it had been started, that start included
 * @param startToken random number of that start
 * @param rules fingerprints of the rules that emitted then
 * @param passing whether the name ends with the run
 * @param claimedAt when that start claimed it
 */
public record Claim(
        long checkpointId,
        String host,
        String path,
        long starts,
        long startToken,
        Set<String> rules,
        boolean passing,
        Instant claimedAt) {
    public Claim {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(claimedAt, "claimedAt");
        rules = Set.copyOf(rules);
    }

    /** Whether this checkpoint wrote it, or a copy of it. */
    public boolean isOfCheckpoint(Instance instance) {
        return checkpointId == instance.checkpointId();
    }

    /** Whether it is of a copy of this checkpoint, which was started without it. */
    public boolean isOfCopyOf(Instance instance) {
        return isOfCheckpoint(instance)
                && (starts > instance.starts() || starts == instance.starts() && startToken != instance.startToken());
    }

    /** Whether it says the same, whenever it was written. */
    public boolean saysTheSameAs(Claim other) {
        return equals(new Claim(
                other.checkpointId,
                other.host,
                other.path,
                other.starts,
                other.startToken,
                other.rules,
                other.passing,
                claimedAt));
    }
}
