package io.pickaroon.processor.simulation;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The engine broke a promise. */
public final class Violation extends AssertionError {
    private static final long serialVersionUID = 1;

    Violation(String what, Object... details) {
        super(Arrays.stream(details).map(String::valueOf).collect(Collectors.joining("; ", what + ": ", "")));
    }

    public static Violation because(Throwable failure) {
        Violation violation = failure instanceof Violation own ? own : new Violation("the run failed", failure);
        if (violation != failure) {
            violation.initCause(failure);
        }
        return violation;
    }

    public static void unless(boolean kept, String what, Object... details) {
        if (!kept) {
            throw new Violation(what, details);
        }
    }
}
