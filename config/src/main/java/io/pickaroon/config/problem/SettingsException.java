package io.pickaroon.config.problem;

import java.util.List;
import java.util.stream.Collectors;

/** A settings file that cannot be used, with everything that is wrong with it. */
public final class SettingsException extends Exception {
    private static final int MAX_SHOWN = 100;

    private final transient List<Problem> problems;

    /** @param problems at least one */
    public SettingsException(List<Problem> problems) {
        super(text(problems));
        this.problems = List.copyOf(problems);
    }

    /** All problems in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }

    private static String text(List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("no problem");
        }
        String shown = problems.stream().limit(MAX_SHOWN).map(Problem::render).collect(Collectors.joining("\n"));
        int hidden = problems.size() - MAX_SHOWN;
        return hidden > 0 ? shown + "\n" + "and " + hidden + " more" : shown;
    }
}
