package io.pickaroon.processor;

import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.scan.Rule;
import io.pickaroon.processor.scan.Scanner;
import java.util.List;
import java.util.Optional;

/**
 * What looks at the files of an input.
 *
 * @param first finds what is emitted, and what is fixed at once
 * @param afterRotation finds what was left for the time after the rotation; empty if no rule leaves anything
 */
record InputScanners(LogInput input, Scanner first, Optional<Scanner> afterRotation) {
    static InputScanners of(LogInput input, PartLimit part) {
        List<Rule> waiting = input.rulesAfterRotation();
        return new InputScanners(
                input,
                scanner(input, input.rules(), part),
                waiting.isEmpty() ? Optional.empty() : Optional.of(scanner(input, waiting, part)));
    }

    private static Scanner scanner(LogInput input, List<Rule> rules, PartLimit part) {
        return new Scanner(rules, input.plan().delimiter(), input.plan().maxRecordBytes(), part);
    }
}
