package io.pickaroon.config.gitleaks;

import io.pickaroon.config.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A file of rules that cannot be used, with everything that is wrong with it, or with a file that it extends. */
public final class GitleaksException extends Exception {
    private final transient List<Problem> problems;

    /** @param problems at least one */
    GitleaksException(List<Problem> problems) {
        super(problems.stream().map(Problem::render).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
