package io.pickaroon.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects the mistakes of one settings file, so that all of them are told at once. Used by one thread. */
final class Problems {
    /** Who has more mistakes than this has given the wrong file. */
    private static final int MAX_PROBLEMS = 1_000;

    private final SourceText source;
    private final Set<Problem> found = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();

    Problems(SourceText source) {
        this.source = source;
    }

    void add(Place place, String message) {
        add(place, message, Optional.empty());
    }

    void add(Place place, String message, Optional<String> suggestion) {
        if (!isFull()) {
            found.add(source.problem(place, message, suggestion));
        }
    }

    /** Something that is no mistake by itself. */
    void warn(Place place, String message, Optional<String> suggestion) {
        if (warnings.size() < MAX_PROBLEMS) {
            warnings.add(source.problem(place, message, suggestion));
        }
    }

    List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Whether no more are taken. */
    boolean isFull() {
        return found.size() >= MAX_PROBLEMS;
    }

    /** Everything that was found, in the order of the file. */
    SettingsException toException() {
        List<Problem> inOrder = new ArrayList<>(found);
        inOrder.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        return new SettingsException(inOrder);
    }
}
