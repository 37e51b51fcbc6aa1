package io.pickaroon.app.configuration;

import io.pickaroon.app.logging.LogbackSetup;
import io.pickaroon.config.settings.EmitSettings;
import io.pickaroon.config.settings.HeaderSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.OutputSettings.DeadLetter;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.connectors.console.ConsoleSink;
import io.pickaroon.connectors.kafka.KafkaSink;
import io.pickaroon.connectors.kafka.client.ClientSettings;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.GivenProperties;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Limits;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.NewTopics;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Partition;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Route;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.RuleTopics;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.connectors.ndjson.NdjsonFileSink;
import io.pickaroon.inputs.discovery.InputFiles;
import io.pickaroon.inputs.rules.InputOrigins;
import io.pickaroon.inputs.rules.RuleForms;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.records.Template;
import io.pickaroon.records.emit.RecordForm;
import io.pickaroon.records.emit.RecordOrigins;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Creates the sink of a configuration. */
public final class Outputs {
    private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");

    private Outputs() {}

    /**
     * The sink; the caller closes it.
     *
     * @param longestWait how long brokers may be silent before the sink gives up; empty: without limit
     * @param console where an output {@code console} writes, buffered
     */
    public static MatchSink sink(RunPlan plan, Optional<Duration> longestWait, OutputStream console) {
        return sink(plan, longestWait, console, form -> form);
    }

    /**
     * Like the other method.
     *
     * @param forms makes what is sent of what the rules say
     */
    public static MatchSink sink(
            RunPlan plan, Optional<Duration> longestWait, OutputStream console, UnaryOperator<RecordForm> forms) {
        Settings settings = plan.settings();
        if (plan.output() instanceof OutputSettings.Kafka kafka) {
            KafkaSink sink = new KafkaSink(kafkaSink(settings, kafka, plan.orders())
                    .withLongestWait(longestWait)
                    .withForms(forms));
            sink.prepare();
            return sink;
        }
        Map<String, RecordForm> byRule = new LinkedHashMap<>(RuleForms.of(settings, plan.output()));
        byRule.replaceAll((_, form) -> forms.apply(form));
        RecordOrigins origins = new InputOrigins(settings);
        if (plan.output() instanceof OutputSettings.File file) {
            return new NdjsonFileSink(file.path(), byRule, origins, path -> requireNoFeedback(plan.files(), path));
        }
        return new ConsoleSink(console, byRule, origins);
    }

    private static void requireNoFeedback(InputFiles inputs, Path output) {
        try {
            inputs.feedback(output).ifPresent(message -> {
                throw DeliveryException.fatal(message, null);
            });
        } catch (IOException e) {
            throw DeliveryException.retryable("the files of the inputs cannot be listed: " + e.getMessage(), e);
        }
    }

    /** The files, or streams, that a run with these settings writes to, but for its state. */
    public static List<Path> files(Settings settings) {
        List<Path> files = new ArrayList<>(files(settings.output()));
        settings.process().audit().ifPresent(audit -> files.add(audit.file()));
        return files;
    }

    /** The files, or streams, that an output writes to. */
    public static List<Path> files(OutputSettings output) {
        // The JVM makes a class for each switch over types, at each start.
        if (output instanceof OutputSettings.Kafka kafka) {
            return kafka.deadLetter().stream()
                    .filter(DeadLetter.File.class::isInstance)
                    .map(letter -> ((DeadLetter.File) letter).path())
                    .toList();
        }
        return List.of(output instanceof OutputSettings.File file ? file.path() : STANDARD_OUTPUT);
    }

    /** What clients of Kafka need to know. From now on the log leaves out lines of theirs that hold a secret. */
    public static KafkaSinkSettings kafkaSink(Settings settings, OutputSettings.Kafka kafka, StartOrders orders) {
        LogbackSetup.leaveOut(ClientSettings.secretsIn(kafka.properties(), kafka.written()));
        return new KafkaSinkSettings(
                kafka.bootstrapServers(),
                new RuleTopics(
                        routes(settings, kafka),
                        kafka.createTopics().map(Outputs::newTopics),
                        kafka.maxTopics(),
                        new InputOrigins(settings)),
                new GivenProperties(kafka.properties(), kafka.written()),
                guarantee(settings, kafka, orders),
                refusedRecords(kafka),
                Limits.DEFAULT);
    }

    /** The topics that rules name as they are, by rule id; those of which each record has its own are not among them. */
    public static Map<String, String> topics(Settings settings) {
        Map<String, String> topics = new LinkedHashMap<>();
        for (RuleSettings rule : settings.rules()) {
            rule.emit()
                    .map(EmitSettings::topic)
                    .filter(Template::isLiteral)
                    .ifPresent(topic -> topics.put(rule.id(), topic.literalPrefix()));
        }
        return topics;
    }

    /** Whether a topic, a key or a header is made of what a record has. */
    public static boolean haveTemplates(Settings settings) {
        return settings.rules().stream()
                .flatMap(rule -> rule.emit().stream())
                .anyMatch(emit -> !emit.topic().isLiteral()
                        || emit.key().isPresent()
                        || emit.headers() instanceof HeaderSettings.Listed);
    }

    private static Map<String, Route> routes(Settings settings, OutputSettings.Kafka kafka) {
        Map<String, RecordForm> forms = RuleForms.of(settings, kafka);
        Map<String, Route> routes = new LinkedHashMap<>();
        for (RuleSettings rule : settings.rules()) {
            rule.emit()
                    .ifPresent(emit -> routes.put(
                            rule.id(),
                            new Route(
                                    forms.get(rule.id()),
                                    emit.partition() == EmitSettings.Partition.KEY ? Partition.KEY : Partition.FILE)));
        }
        return routes;
    }

    private static NewTopics newTopics(OutputSettings.CreateTopics wanted) {
        return new NewTopics(wanted.partitions(), (short) wanted.replicationFactor());
    }

    private static Guarantee guarantee(Settings settings, OutputSettings.Kafka kafka, StartOrders orders) {
        return switch (kafka.delivery()) {
            case EXACTLY_ONCE -> new Guarantee.ExactlyOnce(orders.of(settings.instance()));
            case AT_LEAST_ONCE -> new Guarantee.AtLeastOnce();
        };
    }

    private static RefusedRecords refusedRecords(OutputSettings.Kafka kafka) {
        if (kafka.onRefusedRecord() == OutputSettings.OnRefusedRecord.STOP) {
            return new RefusedRecords.Stop();
        }
        return switch (kafka.deadLetter().orElseThrow()) {
            case DeadLetter.Topic topic -> new RefusedRecords.ToTopic(topic.name());
            case DeadLetter.File file -> new RefusedRecords.ToFile(file.path());
        };
    }
}
