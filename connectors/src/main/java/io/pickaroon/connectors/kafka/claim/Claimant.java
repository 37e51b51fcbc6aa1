package io.pickaroon.connectors.kafka.claim;

import io.pickaroon.processor.delivery.DeliveringRun.KnownFile;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.file.FileIdentity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A start that wants to deliver under a name.
 *
 * @param instance what its checkpoint knows
 * @param orders what the configuration and the command line say
 * @param host this host's name
 * @param path of its checkpoint, absolute, without links; empty if there is none
 * @param rules fingerprints of its rules that emit
 * @param files that its inputs have, in generation 0; empty if the checkpoint has held a name
 * @param exists whether there is a file of this host at a path
 * @param now the time by which ages are told
 */
public record Claimant(
        Instance instance,
        Orders orders,
        String host,
        Optional<Path> path,
        Set<String> rules,
        Map<FileIdentity, KnownFile> files,
        Predicate<Path> exists,
        Instant now) {
    public Claimant {
        rules = Set.copyOf(rules);
        files = Map.copyOf(files);
    }

    String pathText() {
        return path.map(Path::toString).orElse("");
    }

    /** Whether a claim was made for this path on this host. */
    boolean isFromHere(Claim claim) {
        return claim.host().equals(host) && claim.path().equals(pathText());
    }

    /** Those of these positions which are of files that this start has, too, for a rule that it has, too. */
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
