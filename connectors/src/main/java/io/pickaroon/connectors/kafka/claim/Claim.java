package io.pickaroon.connectors.kafka.claim;

import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.directio.ByteText;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * The record that a checkpoint uses an instance name. Immutable. The positions topic has at most one for each name.
 *
 * @param checkpointId which checkpoint; see {@link Instance#checkpointId()}
 * @param place where the checkpoint is
 * @param start the start that claimed it
 * @param rules fingerprints of the rules that emitted in that start
 * @param passing whether the name ends with the run
 * @param topics topics that its records named, so that only transactions under the name tell that it writes to them
 */
public record Claim(
        long checkpointId, Place place, Start start, Set<String> rules, boolean passing, Set<String> topics) {
    /**
     * Where a checkpoint is.
     *
     * @param host the host on which it was last started
     * @param path of the checkpoint there, absolute, without links, as {@link
     *     io.pickaroon.processor.directio.NativePath#printable} has it; empty if there is none
     */
    public record Place(String host, String path) {
        public Place {
            host = ByteText.withoutControls(host);
            path = ByteText.withoutControls(path);
        }
    }

    /**
     * A start of a checkpoint, as its claim has it.
     *
     * @param number how often the checkpoint had been started, this start included
     * @param token random number of this start
     * @param renewals how often this start had announced that it delivers more
     * @param claimedAt when this start claimed the name
     */
    public record Start(long number, long token, long renewals, Instant claimedAt) {
        /** Of a start that has delivered nothing yet. */
        public Start(long number, long token, Instant claimedAt) {
            this(number, token, 0, claimedAt);
        }

        public static Start of(Instance.Start start, Instant claimedAt) {
            return new Start(start.number(), start.token(), start.renewals(), claimedAt);
        }

        public Start {
            Objects.requireNonNull(claimedAt, "claimedAt");
        }
    }

    public Claim {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(start, "start");
        rules = Set.copyOf(rules);
        topics = Set.copyOf(topics);
    }

    /** Of a name whose records name no topics. */
    public Claim(long checkpointId, String host, String path, Start start, Set<String> rules, boolean passing) {
        this(checkpointId, new Place(host, path), start, rules, passing, Set.of());
    }

    /** The host on which the checkpoint was last started. */
    public String host() {
        return place.host();
    }

    /** Path of the checkpoint; empty if there is none. */
    public String path() {
        return place.path();
    }

    /** How often the checkpoint had been started, the start that claimed included. */
    public long starts() {
        return start.number();
    }

    /** When the start claimed the name. */
    public Instant claimedAt() {
        return start.claimedAt();
    }

    /** Whether this checkpoint or a copy of it wrote the claim. */
    public boolean isOfCheckpoint(Instance instance) {
        return checkpointId == instance.checkpointId();
    }

    /**
     * Whether a copy of this checkpoint wrote the claim: in a start that this checkpoint does not know, or later in the
     * start that it knows.
     */
    public boolean isOfCopyOf(Instance instance) {
        return isOfCheckpoint(instance)
                && (start.number() > instance.starts()
                        || start.number() == instance.starts()
                                && (!isOfStartOf(instance)
                                        || start.renewals() > instance.start().renewals()));
    }

    /** Whether the claim was written in the latest start that this checkpoint knows. */
    boolean isOfStartOf(Instance instance) {
        return start.number() == instance.starts()
                && start.token() == instance.start().token();
    }

    /** The same claim, with the renewals of its checkpoint as it is now. */
    public Claim renewed(Instance instance) {
        return new Claim(checkpointId, place, Start.of(instance.start(), claimedAt()), rules, passing, topics);
    }

    /** The same claim, with these topics that its records name. */
    public Claim withTopics(Set<String> names) {
        return new Claim(checkpointId, place, start, rules, passing, names);
    }

    /** Whether both claims differ at most in their time. */
    public boolean saysTheSameAs(Claim other) {
        Start sameTime = new Start(other.start.number, other.start.token, other.start.renewals, claimedAt());
        return equals(new Claim(other.checkpointId, other.place, sameTime, other.rules, other.passing, other.topics));
    }
}
