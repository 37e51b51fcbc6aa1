package io.pickaroon.app.forecast;

import io.pickaroon.app.configuration.RunPlan;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.connectors.kafka.client.RefusalReason;
import io.pickaroon.connectors.kafka.records.ReadTimeReason;
import io.pickaroon.connectors.kafka.records.RefusedMatch;
import io.pickaroon.inputs.rules.InputOrigins;
import io.pickaroon.inputs.rules.RuleForms;
import io.pickaroon.inputs.shown.FirstRecords;
import io.pickaroon.inputs.shown.ShownMatch;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.DeliveryReasons;
import io.pickaroon.processor.directio.NativePath;
import io.pickaroon.processor.rule.MatchIds;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.RecordOrigin;
import io.pickaroon.records.emit.RecordOrigins;
import io.pickaroon.records.emit.RecordRenderer;
import io.pickaroon.records.emit.RenderProblem;
import io.pickaroon.records.emit.RenderedRecord;
import io.pickaroon.records.emit.RenderedRecord.TimeSource;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what Kafka would not get as the rules say, as far as the records alone tell: it makes topic, key and headers of each
 * record as a run does, and says the first record of each rule and reason. What depends on the topics that brokers have, it
 * does not know. For one thread at a time.
 */
final class ForecastDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(ForecastDelivery.class);

    private final Optional<OutputSettings.Kafka> kafka;
    private final RecordOrigins origins;
    private final InstantSource clock;
    private final Map<String, OfRule> rules = new HashMap<>();
    private final Set<String> topics = new HashSet<>();
    private final RenderedRecord rendered = new RenderedRecord();
    private final FirstRecords refused = new FirstRecords(LOG);

    private record OfRule(RecordForm form, RecordRenderer renderer, byte[] idPart) {}

    /**
     * What becomes of a window.
     *
     * @param refusedByRule records that become dead letters, by the index of their rule
     */
    record Delivered(Acknowledgement acknowledgement, int[] refusedByRule) {}

    ForecastDelivery(RunPlan plan, InstantSource clock) {
        this.kafka = plan.output() instanceof OutputSettings.Kafka settings ? Optional.of(settings) : Optional.empty();
        this.origins = new InputOrigins(plan.settings());
        this.clock = clock;
        RuleForms.of(plan.settings(), plan.output())
                .forEach((id, form) -> rules.put(id, new OfRule(form, form.newRenderer(), MatchIds.rulePart(id))));
    }

    Delivered of(ScannedWindow window) {
        MatchBatch matches = window.matches();
        int[] refusedByRule = new int[matches.rules().size()];
        if (kafka.isEmpty() || matches.isEmpty()) {
            return new Delivered(Acknowledgement.of(window), refusedByRule);
        }
        Map<String, Long> deadLetters = new HashMap<>();
        Map<String, Long> readTimes = new HashMap<>();
        RecordOrigin origin =
                origins.of(window.input(), NativePath.escaped(window.file().path()));
        ShownMatch shown = new ShownMatch(matches, MatchIds.of(window.file()), clock.millis());
        long refusedBytes = 0;
        long refusedCount = 0;
        for (int match = 0; match < matches.size(); match++) {
            OfRule rule = rules.get(matches.rule(match).id());
            rule.renderer().renderTopic(shown.at(match, rule.idPart()), origin, rendered);
            Optional<String> reason = refusal(rule.form(), window, match);
            if (reason.isPresent()) {
                deadLetters.merge(reason.get(), 1L, Long::sum);
                refusedByRule[matches.ruleIndex(match)]++;
                refusedBytes += matches.length(match);
                refusedCount++;
            } else {
                readTime().ifPresent(word -> readTimes.merge(word, 1L, Long::sum));
            }
        }
        DeliveryReasons reasons = new DeliveryReasons(deadLetters, readTimes);
        return new Delivered(new Acknowledgement(window, refusedCount, refusedBytes, reasons), refusedByRule);
    }

    /** The word of the reason why the record that was made is refused; empty if it is not. */
    private Optional<String> refusal(RecordForm form, ScannedWindow window, int match) {
        Optional<RenderProblem> problem = rendered.problem();
        if (problem.isPresent()) {
            return Optional.of(
                    say(form, RefusedMatch.reason(problem.get()), problem.get().toString(), window, match));
        }
        int maxTopics = kafka.orElseThrow().maxTopics();
        if (form.hasOneTopic() || topics.contains(rendered.topic())) {
            return Optional.empty();
        }
        if (topics.size() >= maxTopics) {
            String what = "topic '%s' is one more than output.kafka.maxTopics allows, which is %d"
                    .formatted(rendered.topic(), maxTopics);
            return Optional.of(say(form, RefusalReason.TOO_MANY_TOPICS, what, window, match));
        }
        topics.add(rendered.topic());
        return Optional.empty();
    }

    private String say(RecordForm form, RefusalReason reason, String why, ScannedWindow window, int match) {
        boolean stops = kafka.orElseThrow().onRefusedRecord() == OutputSettings.OnRefusedRecord.STOP;
        refused.count(
                form.ruleId(),
                reason.word(),
                () -> "%s; %s".formatted(why, stops ? "a run ends there" : "a run writes it as a dead letter"),
                () -> "%s at offset %d"
                        .formatted(
                                NativePath.printable(window.file().path()),
                                window.matches().recordOffset(match)));
        return reason.word();
    }

    private Optional<String> readTime() {
        return switch (rendered.timeSource()) {
            case TimeSource.MISSING -> Optional.of(ReadTimeReason.MISSING.word());
            case TimeSource.UNREADABLE -> Optional.of(ReadTimeReason.UNREADABLE.word());
            case TimeSource.EVENT, TimeSource.READ -> Optional.empty();
        };
    }
}
