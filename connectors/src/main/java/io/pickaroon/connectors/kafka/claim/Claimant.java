package io.pickaroon.connectors.kafka.claim;

import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.processor.delivery.DeliveringRun.KnownFile;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.file.FileIdentity;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A start that needs an instance name. Immutable.
 *
 * @param instance what its checkpoint knows about its name
 * @param orders what the configuration and the command line say about the name
 * @param home where its checkpoint is
 * @param rules fingerprints of its rules that emit
 * @param files that its inputs have, in generation 0; empty if the checkpoint has held a name
 * @param now the time by which ages are told
 */
public record Claimant(
        Instance instance,
        Orders orders,
        Home home,
        Set<String> rules,
        Map<FileIdentity, KnownFile> files,
        Instant now) {
    /**
     * Where a checkpoint is.
     *
     * @param host this host's name
     * @param path of the checkpoint, as in a {@link Claim}; empty if there is none
     * @param mayExist whether there may be a file of this host at the path of a claim; false only if there is none
     */
    public record Home(String host, String path, Predicate<String> mayExist) {}

    public Claimant {
        rules = Set.copyOf(rules);
        files = Map.copyOf(files);
    }

    /** Whether a claim was made for this path on this host. */
    boolean isFromHere(Claim claim) {
        return claim.host().equals(home.host()) && claim.path().equals(home.path());
    }

    /** The positions of files that this start also reads, for a rule that it also has. */
    Map<FileIdentity, StoredPosition> sameFiles(Map<FileIdentity, StoredPosition> positions) {
        Map<FileIdentity, StoredPosition> same = new HashMap<>(positions);
        same.entrySet().removeIf(stored -> {
            KnownFile known = files.get(stored.getKey().ofGeneration(0));
            return known == null
                    || Collections.disjoint(
                            known.rules(), stored.getValue().position().rules());
        });
        return same;
    }
}
