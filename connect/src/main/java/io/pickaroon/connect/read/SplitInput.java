package io.pickaroon.connect.read;

import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.WindowPlan;
import java.util.Objects;

/**
 * How the files of an input are read.
 *
 * @param plan how they are cut
 * @param scanner finds what is emitted of them; with the plan's record format
 * @param isGrowing whether they may grow: then a record is read when it is complete. Otherwise a last record without a
 *     delimiter is read, too
 */
public record SplitInput(WindowPlan plan, Scanner scanner, boolean isGrowing) {
    public SplitInput {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(scanner, "scanner");
    }
}
