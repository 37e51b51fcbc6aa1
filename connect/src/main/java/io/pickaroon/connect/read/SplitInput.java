package io.pickaroon.connect.read;

import io.pickaroon.processor.follow.HeldContext;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.WindowPlan;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the files of an input are read.
 *
 * @param plan how they are cut
 * @param scanner finds what is emitted of them; with the plan's record format
 * @param isGrowing whether they may grow: then a record is read when it is complete. Otherwise a last record without a
 *     delimiter is read, too
 * @param withContextAfter finds what is emitted with records that stand after it, alone; empty if no rule takes any along
 */
public record SplitInput(WindowPlan plan, Scanner scanner, boolean isGrowing, Optional<Scanner> withContextAfter) {
    public SplitInput {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(scanner, "scanner");
        Objects.requireNonNull(withContextAfter, "withContextAfter");
    }

    /** No rule takes along what stands after its records. */
    public SplitInput(WindowPlan plan, Scanner scanner, boolean isGrowing) {
        this(plan, scanner, isGrowing, Optional.empty());
    }

    /** Holds records back for what may be written after them. */
    HeldContext newHeldContext() {
        List<Rule> rules = scanner.rules().stream()
                .filter(rule -> rule.emits() && rule.options().context().after() > 0)
                .toList();
        return new HeldContext(rules, withContextAfter, plan.format(), System::nanoTime);
    }
}
