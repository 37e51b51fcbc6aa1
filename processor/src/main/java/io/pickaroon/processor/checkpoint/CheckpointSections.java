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
 * What a checkpoint holds besides entries of files. Immutable.
 *
 * @param instance who the checkpoint is at a destination; empty in what a version before format 3 wrote
 * @param inputStarts when each input was started for the first time of all, by its id
 * @param rules the rules that the latest run had, of each input; empty if that is not known
 * @param allResetPending files without an entry are to be read from their start, and no destination has been told
 * @param unknown sections that this version does not know, by name: read-only, kept as they are
 */
public record CheckpointSections(
        Optional<Instance> instance,
        Map<String, Instant> inputStarts,
        Optional<Set<KnownRule>> rules,
        boolean allResetPending,
        SortedMap<String, ByteBuffer> unknown) {

    /** Those of a checkpoint that was written before there were sections. */
    static final CheckpointSections NONE =
            new CheckpointSections(Optional.empty(), Map.of(), Optional.empty(), false, new TreeMap<>());

    public CheckpointSections {
        Objects.requireNonNull(instance, "instance");
        inputStarts = Collections.unmodifiableMap(new LinkedHashMap<>(inputStarts));
        rules = rules.map(set -> Collections.unmodifiableSet(new LinkedHashSet<>(set)));
        unknown = Collections.unmodifiableSortedMap(new TreeMap<>(unknown));
    }

    static CheckpointSections of(Instance instance) {
        return NONE.withInstance(instance);
    }

    CheckpointSections withInstance(Instance next) {
        return new CheckpointSections(Optional.of(next), inputStarts, rules, allResetPending, unknown);
    }

    /** The moment of an input that has one already stays. */
    CheckpointSections withInputStarts(Map<String, Instant> starts) {
        Map<String, Instant> all = new LinkedHashMap<>(inputStarts);
        starts.forEach(all::putIfAbsent);
        return new CheckpointSections(instance, all, rules, allResetPending, unknown);
    }

    CheckpointSections withRules(Set<KnownRule> next) {
        return new CheckpointSections(instance, inputStarts, Optional.of(next), allResetPending, unknown);
    }

    CheckpointSections withAllResetPending(boolean pending) {
        return new CheckpointSections(instance, inputStarts, rules, pending, unknown);
    }

    /** The reset number of files that have no entry. */
    int resets() {
        return instance.map(Instance::resets).orElse(0);
    }
}
