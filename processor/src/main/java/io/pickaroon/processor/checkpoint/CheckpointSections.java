package io.pickaroon.processor.checkpoint;

import io.pickaroon.processor.delivery.Instance;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of a checkpoint besides the entries of files. Immutable.
 *
 * @param instance the name and identity of the checkpoint at a destination; empty in a checkpoint of a format before 3
 * @param inputStarts when each input was started for the very first time, by its id
 * @param rules the rules of each input in the latest run; empty if they are unknown
 * @param allResetPending files without an entry are to be read from their start, and no destination has been told
 * @param hasDefaultHeaders a run has used it whose records have the default headers of this version
 * @param unknown sections that this version does not know, by name: read-only, kept as they are
 */
public record CheckpointSections(
        Optional<Instance> instance,
        Map<String, Instant> inputStarts,
        Optional<Set<KnownRule>> rules,
        boolean allResetPending,
        boolean hasDefaultHeaders,
        SortedMap<String, ByteBuffer> unknown) {

    /** The sections of a checkpoint that was written before there were any. */
    static final CheckpointSections NONE =
            new CheckpointSections(Optional.empty(), Map.of(), Optional.empty(), false, false, new TreeMap<>());

    public CheckpointSections {
        Objects.requireNonNull(instance, "instance");
        inputStarts = Collections.unmodifiableMap(new LinkedHashMap<>(inputStarts));
        rules = rules.map(set -> Collections.unmodifiableSet(new LinkedHashSet<>(set)));
        unknown = Collections.unmodifiableSortedMap(new TreeMap<>(unknown));
    }

    CheckpointSections withInstance(Instance next) {
        return new CheckpointSections(
                Optional.of(next), inputStarts, rules, allResetPending, hasDefaultHeaders, unknown);
    }

    /** Adds moments; an input that has one keeps it. */
    CheckpointSections withInputStarts(Map<String, Instant> starts) {
        Map<String, Instant> all = new LinkedHashMap<>(inputStarts);
        starts.forEach(all::putIfAbsent);
        return new CheckpointSections(instance, all, rules, allResetPending, hasDefaultHeaders, unknown);
    }

    CheckpointSections withRules(Set<KnownRule> next) {
        return new CheckpointSections(
                instance, inputStarts, Optional.of(next), allResetPending, hasDefaultHeaders, unknown);
    }

    CheckpointSections withAllResetPending(boolean pending) {
        return new CheckpointSections(instance, inputStarts, rules, pending, hasDefaultHeaders, unknown);
    }

    CheckpointSections withDefaultHeaders() {
        return new CheckpointSections(instance, inputStarts, rules, allResetPending, true, unknown);
    }

    /** With a section that another package reads. */
    CheckpointSections with(String name, ByteBuffer content) {
        SortedMap<String, ByteBuffer> all = new TreeMap<>(unknown);
        all.put(name, content);
        return new CheckpointSections(instance, inputStarts, rules, allResetPending, hasDefaultHeaders, all);
    }

    /** Of files that have no entry. */
    Reset reset() {
        return new Reset(instance.map(Instance::resets).orElse(0), allResetPending);
    }
}
