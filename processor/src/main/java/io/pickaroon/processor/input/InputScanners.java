package io.pickaroon.processor.input;

import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.rule.ScanInput;
import io.pickaroon.processor.scan.PartLimit;
import io.pickaroon.processor.scan.Scanner;
import java.util.List;
import java.util.Optional;

/**
 * The scanners of an input.
 *
 * @param first finds what is emitted, and what is fixed at once
 * @param afterRotation finds what was left for the time after the rotation; empty if no rule leaves anything
 * @param silentAfterRotation the same, without what rules found that emit
 * @param withContextAfter finds what is emitted with records that stand after it, alone; empty if no rule takes any along
 */
public record InputScanners(
        LogInput input,
        Scanner first,
        Optional<Scanner> afterRotation,
        Optional<Scanner> silentAfterRotation,
        Optional<Scanner> withContextAfter) {
    /** Those of a run without an audit trail. */
    public static InputScanners of(LogInput input, PartLimit part) {
        return of(input, part, false);
    }

    /**
     * Those of a run.
     *
     * @param isAudited whether changes go into an audit trail
     */
    public static InputScanners of(LogInput input, PartLimit part, boolean isAudited) {
        List<Rule> following = input.rulesWithContextAfter().stream()
                .map(rule -> new Rule(rule.id(), rule.pattern()))
                .toList();
        List<Rule> waiting = input.rulesAfterRotation(true);
        boolean anyWaits = !waiting.isEmpty();
        return new InputScanners(
                input,
                scanner(input, input.rules(), part, isAudited),
                anyWaits ? Optional.of(scanner(input, waiting, part, isAudited)) : Optional.empty(),
                anyWaits
                        ? Optional.of(scanner(input, input.rulesAfterRotation(false), part, isAudited))
                        : Optional.empty(),
                following.isEmpty() ? Optional.empty() : Optional.of(scanner(input, following, part, false)));
    }

    /**
     * The scanner that makes the fixes that waited. If other rules emitted at that time, the rules that emit now make
     * no fixes: what they match may never have been emitted, and a fix would destroy it.
     *
     * @param rules {@link Scanner#allRules()} when that was delivered; 0 if it is not known, or was not the same for
     *     all
     */
    public Optional<Scanner> afterRotation(long rules) {
        return first.allRules() == rules ? afterRotation : silentAfterRotation;
    }

    private static Scanner scanner(LogInput input, List<Rule> rules, PartLimit part, boolean isAudited) {
        ScanInput of = new ScanInput(
                input.id(), input.reading().parser(), input.reading().times(), isAudited);
        return new Scanner(rules, input.plan().format(), part, of);
    }
}
