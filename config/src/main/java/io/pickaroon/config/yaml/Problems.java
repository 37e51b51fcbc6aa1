package io.pickaroon.config.yaml;

import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Problem;
import io.pickaroon.config.problem.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects the mistakes of one settings file, so that all of them are told at once. Used by one thread. */
public final class Problems {
    /** Who has more mistakes than this has given the wrong file. */
    private static final int MAX_PROBLEMS = 1_000;

    private final SourceText source;
    private final Set<Problem> found = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();

    public Problems(SourceText source) {
        this.source = source;
    }

    public void add(Place place, String message) {
        add(place, message, Optional.empty());
    }

    public void add(Place place, String message, Optional<String> suggestion) {
        if (!isFull()) {
            found.add(source.problem(place, message, suggestion));
        }
    }

    /** A mistake in another file, which this one names. */
    public void add(Problem ofOtherFile) {
        if (!isFull()) {
            found.add(ofOtherFile);
        }
    }

    /** Something in another file, which this one names, that is no mistake by itself. */
    public void warn(Problem ofOtherFile) {
        if (warnings.size() < MAX_PROBLEMS) {
            warnings.add(ofOtherFile);
        }
    }

    /** Something that is no mistake by itself. */
    public void warn(Place place, String message, Optional<String> suggestion) {
        if (warnings.size() < MAX_PROBLEMS) {
            warnings.add(source.problem(place, message, suggestion));
        }
    }

    public List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Whether no more are taken. */
    public boolean isFull() {
        return found.size() >= MAX_PROBLEMS;
    }

    /** A path that the file names, which is meant from the file's own directory on. */
    public Path beside(Path named) {
        return source.file().resolveSibling(named);
    }

    /** Everything that was found, in the order of the file; what is wrong in others comes after it. */
    public SettingsException toException() {
        List<Problem> inOrder = new ArrayList<>(found);
        inOrder.sort(Comparator.comparing((Problem problem) -> !problem.file().equals(source.file()))
                .thenComparingInt(Problem::line)
                .thenComparingInt(Problem::column));
        return new SettingsException(inOrder);
    }
}
