package io.pickaroon.app.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.pickaroon.app.report.SkippedFixes;
import io.pickaroon.connectors.kafka.client.RefusalReason;
import io.pickaroon.connectors.kafka.records.ReadTimeReason;
import io.pickaroon.processor.metrics.InputFigures;
import io.pickaroon.processor.metrics.RuleFigures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The series about one input, or about one rule of one input, with their names and what they mean. */
final class Series {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String READ = "pickaroon.read.bytes";
    private static final String READ_HELP = "Bytes of records that were read and delivered, delimiters included.";

    private final MeterRegistry registry;
    private final Function<String, InputFigures> figures;
    private final String inputId;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();

    private Series(MeterRegistry registry, Function<String, InputFigures> figures, String inputId, Tags tags) {
        this.registry = registry;
        this.figures = figures;
        this.inputId = inputId;
        this.tags = tags;
    }

    /**
     * Registers what there is about an input.
     *
     * @param figures the figures of an input at the moment that a scrape looks at; kept for as long as the meters are used
     */
    static List<Meter> ofInput(MeterRegistry registry, Function<String, InputFigures> figures, String inputId) {
        Series of = new Series(registry, figures, inputId, Tags.of("input", inputId));
        of.count(
                READ,
                READ_HELP,
                Tags.of("outcome", "matched"),
                input -> input.seenByRules().matchedBytes());
        of.count(
                READ,
                READ_HELP,
                Tags.of("outcome", "unmatched"),
                input -> input.seenByRules().unmatchedBytes());
        of.count(
                READ,
                READ_HELP,
                Tags.of("outcome", "oversized"),
                input -> input.seenByRules().oversizedBytes());
        of.count(
                READ,
                READ_HELP,
                Tags.of("outcome", "already_delivered"),
                input -> input.alreadyDelivered().bytes());
        of.count(
                "pickaroon.records",
                "Records that were read and delivered.",
                input -> input.scanned().records());
        of.count(
                "pickaroon.matched.records",
                "Records that a rule matched.",
                input -> input.scanned().matchedRecords());
        of.count(
                "pickaroon.oversized.records",
                "Records longer than maxRecordBytes.",
                input -> input.scanned().oversizedRecords());
        of.count("pickaroon.emitted.records", "Matches that the destination took.", InputFigures::emittedMatches);
        of.count(
                "pickaroon.dead.lettered.records",
                "Matches that the destination refused for good.",
                InputFigures::deadLetteredMatches);
        of.count(
                "pickaroon.sampled.out.records",
                "Matches that the samples of their rules left out.",
                InputFigures::sampledOutMatches);
        for (RefusalReason reason : RefusalReason.values()) {
            of.count(
                    "pickaroon.refused.records",
                    "Matches that went to the dead-letter destination, by reason.",
                    Tags.of("reason", reason.word()),
                    input -> input.reasons().deadLetters().getOrDefault(reason.word(), 0L));
        }
        for (ReadTimeReason reason : ReadTimeReason.values()) {
            of.count(
                    "pickaroon.read.time.records",
                    "Matches that were sent with the time at which they were read, where their rule takes it from the"
                            + " record.",
                    Tags.of("reason", reason.word()),
                    input -> input.reasons().readTimes().getOrDefault(reason.word(), 0L));
        }
        of.count(
                "pickaroon.fixes",
                "Changes made in log files.",
                input -> input.fixes().edits());
        of.count(
                "pickaroon.fixed.bytes",
                "Bytes changed in log files.",
                input -> input.fixes().bytes());
        for (SkippedFixes skipped : SkippedFixes.values()) {
            of.count(
                    "pickaroon.fixes.skipped",
                    "Changes that a rule wanted and that were not made.",
                    Tags.of("reason", skipped.label()),
                    input -> skipped.in(input.fixes()));
        }
        of.count(
                "pickaroon.fixes.of.deleted",
                "Changes made in log files that were deleted by then: their archives, if there are any, do not have"
                        + " them.",
                InputFigures::fixesOfDeleted);
        of.count(
                "pickaroon.lost.bytes",
                "Bytes that were truncated away or deleted before they were read.",
                InputFigures::lostBytes);
        of.count(
                "pickaroon.unparsed.records",
                "Records that were parsed for their fields, and do not parse.",
                InputFigures::unparsedRecords);
        of.count(
                "pickaroon.masked.fields",
                "Fields masked whole in what was sent, because a mask matches in their decoded value only.",
                InputFigures::maskedFields);
        of.count(
                "pickaroon.foreign.lines",
                "Lines of container logs that are not in the format of the input.",
                InputFigures::foreignLines);
        of.count(
                "pickaroon.cut.records",
                "Records of container logs that are not all of their message.",
                InputFigures::cutRecords);
        of.count(
                "pickaroon.file.problems",
                "Times that a file could not be read, or not wholly.",
                InputFigures::problems);
        of.count(
                "pickaroon.read.retries",
                "Times that a file on a network file system could not be read, and was tried again.",
                InputFigures::readRetries);
        of.gauge("pickaroon.files", "Files that are read or followed.", InputFigures::files);
        of.gauge(
                "pickaroon.unaccounted.bytes",
                "By how much positions moved on without what was counted; anything but 0 is a defect.",
                InputFigures::unaccountedBytes);
        of.gauge(
                "pickaroon.lag.bytes",
                "Complete records that are known and not delivered yet, of all files together.",
                InputFigures::lagBytes);
        of.gauge(
                "pickaroon.longest.lag.bytes",
                "Complete records that are known and not delivered yet, of the file that has most.",
                InputFigures::longestLagBytes);
        of.gauge(
                "pickaroon.lag.seconds",
                "Age of the oldest complete record that is known and not delivered yet.",
                input -> seconds(input.lag()));
        of.count(
                "pickaroon.paced.seconds",
                "Time in which there was something to read, and maxRate made the input wait.",
                input -> seconds(input.paced()));
        return of.meters;
    }

    /** Registers what there is about a rule in an input; see {@link #ofInput}. */
    static List<Meter> ofRule(
            MeterRegistry registry, Function<String, InputFigures> figures, String inputId, String ruleId) {
        Series of = new Series(registry, figures, inputId, Tags.of("input", inputId, "rule", ruleId));
        of.count(
                "pickaroon.rule.matched.records",
                "Records that the rule matched.",
                input -> rule(input, ruleId).matchedRecords());
        of.count(
                "pickaroon.rule.emitted.records",
                "Matches of the rule that the destination took, dead letters included.",
                input -> rule(input, ruleId).emittedMatches());
        of.count(
                "pickaroon.rule.sampled.out.records",
                "Matches of the rule that its sample left out.",
                input -> rule(input, ruleId).sampledOutMatches());
        of.count(
                "pickaroon.rule.fixes",
                "Changes made in log files for the rule.",
                input -> rule(input, ruleId).fixes());
        of.count(
                "pickaroon.rule.fixes.skipped",
                "Changes that the rule wanted and that were not made, for any reason.",
                input -> rule(input, ruleId).fixesLeftAlone());
        return of.meters;
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }

    private static RuleFigures rule(InputFigures input, String ruleId) {
        return input.rules().stream()
                .filter(rule -> rule.id().equals(ruleId))
                .findFirst()
                .orElseThrow();
    }

    private void count(String name, String help, ToDoubleFunction<InputFigures> value) {
        count(name, help, Tags.empty(), value);
    }

    private void count(String name, String help, Tags more, ToDoubleFunction<InputFigures> value) {
        meters.add(FunctionCounter.builder(name, figures, at -> value.applyAsDouble(at.apply(inputId)))
                .description(help)
                .tags(tags.and(more))
                .register(registry));
    }

    private void gauge(String name, String help, ToDoubleFunction<InputFigures> value) {
        meters.add(Gauge.builder(name, figures, at -> value.applyAsDouble(at.apply(inputId)))
                .description(help)
                .tags(tags)
                .strongReference(true)
                .register(registry));
    }
}
