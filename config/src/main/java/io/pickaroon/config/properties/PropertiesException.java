package io.pickaroon.config.properties;

import java.util.List;
import java.util.stream.Collectors;

/** Properties that a connector cannot be run with, with everything that is wrong with them. */
public final class PropertiesException extends Exception {
    private static final int MAX_SHOWN = 100;

    private final transient List<PropertyProblem> problems;

    /** @param problems at least one */
    PropertiesException(List<PropertyProblem> problems) {
        super(text(problems));
        this.problems = List.copyOf(problems);
    }

    /** All problems: of the inputs first, then of the rules, each in the order of their names. */
    public List<PropertyProblem> problems() {
        return problems;
    }

    private static String text(List<PropertyProblem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("no problem");
        }
        String shown =
                problems.stream().limit(MAX_SHOWN).map(PropertyProblem::render).collect(Collectors.joining("\n"));
        int hidden = problems.size() - MAX_SHOWN;
        return hidden > 0 ? shown + "\n" + "and " + hidden + " more" : shown;
    }
}
