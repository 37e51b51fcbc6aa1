package io.pickaroon.processor.checkpoint;

import java.util.Objects;

/**
 * A rule that was in force for an input.
 *
 * @param inputId the input
 * @param ruleId id of the rule in the configuration
 * @param fingerprint shows whether the rule still matches the same; see {@code RuleFingerprint}
 */
public record KnownRule(String inputId, String ruleId, String fingerprint) {
    public KnownRule {
        Objects.requireNonNull(inputId, "inputId");
        Objects.requireNonNull(ruleId, "ruleId");
        Objects.requireNonNull(fingerprint, "fingerprint");
    }
}
