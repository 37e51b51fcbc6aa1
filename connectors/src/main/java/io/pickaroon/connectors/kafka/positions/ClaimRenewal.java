package io.pickaroon.connectors.kafka.positions;

import io.pickaroon.connectors.kafka.claim.Claim;
import io.pickaroon.processor.delivery.DeliveringRun;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.Instance;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Raises the renewals of a claim before a transaction moves its positions: first in the checkpoint, durably, then with
 * that transaction in the topic. So the topic has more renewals than a checkpoint only if that is a copy from before.
 * For one session; one group at a time uses it. It sends nothing.
 */
public final class ClaimRenewal {
    /** What is delivered within it after a copy was made does not show that there is one. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final DeliveringRun run;
    private final LongSupplier nanoTime;
    private Claim claim;
    private boolean begun;
    private long renewedNanos;

    /**
     * @param claim that the topic has
     * @param nanoTime what time it is
     */
    public ClaimRenewal(DeliveringRun run, Claim claim, LongSupplier nanoTime) {
        this.run = run;
        this.claim = claim;
        this.nanoTime = nanoTime;
    }

    /** Whether the next transaction has to have a renewed claim. A run without a checkpoint has nothing to copy. */
    boolean isDue() {
        return !claim.passing() && (!begun || nanoTime.getAsLong() - renewedNanos >= INTERVAL.toNanos());
    }

    /**
     * Renews the claim in the checkpoint; blocks until that is durable.
     *
     * @return the claim for the topic
     * @throws DeliveryException fatal, if the checkpoint cannot be written
     */
    Claim renew() throws InterruptedException {
        long startNanos = nanoTime.getAsLong();
        Instance next = run.instance().renewed();
        try {
            run.keep(next);
        } catch (IOException e) {
            throw DeliveryException.fatal("the checkpoint cannot be written: " + e.getMessage(), e);
        }
        begun = true;
        renewedNanos = startNanos;
        claim = claim.renewed(next);
        return claim;
    }

    /**
     * Adds topics that records name, in memory only.
     *
     * @param written topics of the next transaction
     * @param known all that records have named
     * @return the claim for the topic, if the one that it has lacks one of those that are written to
     */
    Optional<Claim> writesTo(Set<String> written, Set<String> known) {
        if (claim.topics().containsAll(written)) {
            return Optional.empty();
        }
        Set<String> topics = new HashSet<>(known);
        topics.addAll(written);
        claim = claim.withTopics(topics);
        return Optional.of(claim);
    }
}
