package io.pickaroon.connect.read;

import io.pickaroon.processor.follow.HeldContext;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.WindowPlan;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How the files of an input are read.
 *
 * @param plan how they are cut
 * @param scanner finds what is emitted of them; with the plan's record format
 * @param isGrowing whether they may grow: then a record is read when it is complete. Otherwise a last record without a
 *     delimiter is read, too
 * @param withContextAfter finds what is emitted with records that stand after it, alone; empty if no rule takes any along
 * @param waiting for how long a record is held back for what may be written after it
 */
public record SplitInput(
        WindowPlan plan, Scanner scanner, boolean isGrowing, Optional<Scanner> withContextAfter, Waiting waiting) {
    /**
     * For how long records are held back.
     *
     * @param partTime so long a record of a container log that grows waits for more lines
     * @param nanoTime a clock that never goes back
     */
    public record Waiting(Duration partTime, LongSupplier nanoTime) {
        /** What is used unless a setting says otherwise. */
        public static final Waiting STANDARD = new Waiting(Duration.ofSeconds(5), System::nanoTime);

        public Waiting {
            Objects.requireNonNull(partTime, "partTime");
            Objects.requireNonNull(nanoTime, "nanoTime");
        }
    }

    public SplitInput {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(scanner, "scanner");
        Objects.requireNonNull(withContextAfter, "withContextAfter");
        Objects.requireNonNull(waiting, "waiting");
    }

    /** No rule takes along what stands after its records. */
    public SplitInput(WindowPlan plan, Scanner scanner, boolean isGrowing) {
        this(plan, scanner, isGrowing, Optional.empty(), Waiting.STANDARD);
    }

    /** Whether its files are container logs. Each is one split, because a record of theirs may have lines anywhere behind its first. */
    public boolean isOfContainers() {
        return plan.format().container().isPresent();
    }

    /** Holds records back for what may be written after them. */
    HeldContext newHeldContext() {
        List<Rule> rules = scanner.rules().stream()
                .filter(rule -> rule.emits() && rule.options().context().after() > 0)
                .toList();
        return new HeldContext(rules, withContextAfter, plan.format(), waiting.nanoTime());
    }
}
