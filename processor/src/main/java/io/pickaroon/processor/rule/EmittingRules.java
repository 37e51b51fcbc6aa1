package io.pickaroon.processor.rule;

import java.util.Set;
import java.util.function.Supplier;

/**
 * The rules of a scanner that emit, by their fingerprints. Those are made when they are first asked for: a search that
 * delivers nothing does not need them. Thread-safe.
 */
public final class EmittingRules {
    private final Supplier<Set<String>> maker;
    private Set<String> fingerprints;
    private long all;

    /** @param fingerprints makes one for each rule, see {@link RuleFingerprint} */
    public EmittingRules(Supplier<Set<String>> fingerprints) {
        this.maker = fingerprints;
    }

    public synchronized Set<String> fingerprints() {
        if (fingerprints == null) {
            fingerprints = Set.copyOf(maker.get());
        }
        return fingerprints;
    }

    /** One for all of them together; never 0. */
    public synchronized long all() {
        if (all == 0) {
            all = RuleFingerprint.ofAll(fingerprints());
        }
        return all;
    }
}
