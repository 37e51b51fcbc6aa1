package io.pickaroon.config.settings;

import java.time.Duration;
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
 * @param threads how many windows are scanned at the same time, 1 to 1,024; the number of processors when not given
 * @param maxOpenFiles how many files are read at the same time, 1 to 100,000
 * @param lookInterval how often names and sizes of all followed files are looked at, even if the kernel reports no change,
 *     100 ms to 1 h
 * @param http where metrics and health are served; empty: nowhere
 */
public record Settings(
        Optional<String> instance,
        Optional<CheckpointSettings> checkpoint,
        List<InputSettings> inputs,
        List<RuleSettings> rules,
        OutputSettings output,
        int threads,
        int maxOpenFiles,
        Duration lookInterval,
        Optional<HttpSettings> http) {
    public Settings {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(checkpoint, "checkpoint");
        inputs = List.copyOf(inputs);
        rules = List.copyOf(rules);
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(lookInterval, "lookInterval");
        Objects.requireNonNull(http, "http");
    }
}
