package io.pickaroon.config.settings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that one settings file says, with every default filled in. Immutable, like all that it holds.
 *
 * @param instance name under which positions are kept at a destination, part of Kafka's transactional ids. Letters, digits,
 *     {@code . _ -}. Empty: the checkpoint has a name of its own
 * @param checkpoint where progress is kept; empty when the file has no such section, which a daemon cannot work with
 * @param inputs at least one, ids unique
 * @param rules at least one, ids unique
 */
public record Settings(
        Optional<String> instance,
        Optional<CheckpointSettings> checkpoint,
        List<InputSettings> inputs,
        List<RuleSettings> rules,
        OutputSettings output,
        ProcessSettings process) {
    public Settings {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(checkpoint, "checkpoint");
        inputs = List.copyOf(inputs);
        rules = List.copyOf(rules);
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(process, "process");
    }
}
