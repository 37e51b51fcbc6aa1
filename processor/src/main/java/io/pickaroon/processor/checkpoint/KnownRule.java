package io.pickaroon.processor.checkpoint;

import java.util.Objects;

/**
 * A rule that was in force for an input.
 *
 * @param inputId the input
 * @param ruleId the rule as the configuration calls it
 * @param fingerprint what decides what it matches, and stays the same from run to run
 */
public record KnownRule(String inputId, String ruleId, String fingerprint) {
    public KnownRule {
        Objects.requireNonNull(inputId, "inputId");
        Objects.requireNonNull(ruleId, "ruleId");
        Objects.requireNonNull(fingerprint, "fingerprint");
    }
}
