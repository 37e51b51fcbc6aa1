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

    /* Written out, like hashCode: what a record has by itself is made anew by the JVM in every process. */
    @Override
    public boolean equals(Object other) {
        return other instanceof KnownRule rule
                && inputId.equals(rule.inputId)
                && ruleId.equals(rule.ruleId)
                && fingerprint.equals(rule.fingerprint);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * inputId.hashCode() + ruleId.hashCode()) + fingerprint.hashCode();
    }
}
