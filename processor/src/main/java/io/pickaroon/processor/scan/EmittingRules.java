package io.pickaroon.processor.scan;

import java.util.Set;

/**
 * The rules of a scanner that emit, by their fingerprints; made once for all of its windows.
 *
 * @param fingerprints one for each rule, see {@link RuleFingerprint}
 * @param all one for all of them together; never 0
 */
record EmittingRules(Set<String> fingerprints, long all) {
    EmittingRules {
        fingerprints = Set.copyOf(fingerprints);
    }

    EmittingRules(Set<String> fingerprints) {
        this(fingerprints, RuleFingerprint.ofAll(fingerprints));
    }
}
