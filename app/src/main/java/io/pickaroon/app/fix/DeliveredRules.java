package io.pickaroon.app.fix;

import io.pickaroon.connect.split.FileKey;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.RecordParser;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.rule.RuleFingerprint;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The rules of an input that change its files, without all that is only of use to what is sent. Immutable.
 *
 * @param input how files are read, and those rules
 * @param areWaiting whether these are the fixes that wait for the rotation of a file; none of them says so any more
 */
record DeliveredRules(LogInput input, boolean areWaiting) {
    /** Those that are made at once. */
    static DeliveredRules atOnce(LogInput input) {
        return new DeliveredRules(only(input, rule -> !rule.waitsForRotation()), false);
    }

    /** Those that wait for the rotation of a file. */
    static DeliveredRules afterRotation(LogInput input) {
        return new DeliveredRules(only(input, Rule::waitsForRotation), true);
    }

    private static LogInput only(LogInput input, Predicate<Rule> wanted) {
        return new LogInput(
                input.id(),
                input.files(),
                false,
                input.reading(),
                input.rules().stream()
                        .filter(Rule::changesFiles)
                        .filter(wanted)
                        .map(rule -> new Rule(
                                rule.id(),
                                rule.pattern(),
                                rule.emits(),
                                rule.fix().map(DeliveredRules::withoutWaiting)))
                        .toList());
    }

    private static Fix withoutWaiting(Fix fix) {
        return new Fix(fix.change(), fix.group(), fix.protectHeadBytes(), Fix.When.DELIVERED);
    }

    boolean isEmpty() {
        return input.rules().isEmpty();
    }

    /** Whether it matters what was sent. */
    boolean anyEmits() {
        return input.rules().stream().anyMatch(Rule::emits);
    }

    /** Ids of the rules that may change what a connector has sent by rules with these fingerprints. */
    Set<String> sent(Set<String> fingerprints) {
        return input.rules().stream()
                .filter(rule -> !rule.emits() || fingerprints.contains(fingerprint(rule)))
                .map(Rule::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those with these ids. */
    DeliveredRules only(Set<String> ids) {
        return new DeliveredRules(only(input, rule -> ids.contains(rule.id())), areWaiting);
    }

    private String fingerprint(Rule rule) {
        String parser = input.reading().parser().map(RecordParser::description).orElse("");
        return RuleFingerprint.of(rule.pattern(), input.plan().format(), parser);
    }

    /** The ids of the rules, for messages. */
    String ids() {
        return (input.rules().size() == 1 ? "rule " : "rules ")
                + input.rules().stream().map(Rule::id).collect(Collectors.joining(", "));
    }

    /** Tells this fix of a file from any other one: what it changes, and of which splits. The same in every process. */
    String kind(FileKey file, long splitBytes) {
        return input.rules().stream()
                .map(rule -> fingerprint(rule) + " " + rule.emits() + " " + rule.fix())
                .collect(Collectors.joining(
                        "\n", "delivered by splits of %s, %d, %b\n".formatted(file, splitBytes, areWaiting), ""));
    }
}
