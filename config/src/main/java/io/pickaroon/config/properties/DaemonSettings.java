package io.pickaroon.config.properties;

import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.ProcessSettings;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.config.value.Numbers;
import java.util.List;
import java.util.Set;

/** Writes what a daemon has beside inputs and rules: most of it is Kafka Connect's own. */
final class DaemonSettings {
    /** How a client comes to its cluster. The workers have that. */
    private static final List<String> OF_WORKERS = List.of("sasl.", "ssl.", "security.", "client.");

    /** What Kafka Connect sets for exactly-once delivery. */
    private static final Set<String> OF_CONNECT =
            Set.of("acks", "enable.idempotence", "max.in.flight.requests.per.connection", "transaction.timeout.ms");

    private DaemonSettings() {}

    static void write(Settings settings, PropertyWriter writer) {
        settings.instance().ifPresent(_ -> writer.note("instance", "the 'name' of the connector takes its place"));
        settings.checkpoint()
                .ifPresent(_ -> writer.note("checkpoint", "Kafka Connect keeps the offsets, and begins without any"));
        settings.process()
                .http()
                .ifPresent(_ -> writer.note("http", "the figures of a connector are metrics of its worker"));
        settings.process()
                .audit()
                .ifPresent(
                        _ -> writer.note("audit", "a connector changes no file; 'pickaroon fix --delivered-by' does"));
        ProcessSettings process = settings.process();
        ProcessSettings byDefault = SmallestProperties.SETTINGS.process();
        writer.putUnless(
                byDefault.maxOpenFiles(),
                "maxOpenFiles",
                process.maxOpenFiles(),
                Integer.toString(process.maxOpenFiles()));
        writer.putUnless(
                byDefault.lookInterval(),
                "lookInterval",
                process.lookInterval(),
                Numbers.durationText(process.lookInterval()));
        if (!process.stopTimeout().equals(byDefault.stopTimeout())) {
            writer.note("stopTimeout", "a worker gives its tasks task.shutdown.graceful.timeout.ms");
        }
        output(settings.output(), writer);
    }

    private static void output(OutputSettings output, PropertyWriter writer) {
        switch (output) {
            case OutputSettings.Kafka kafka -> kafka(kafka, writer);
            case OutputSettings.Console _ -> writer.note("output.console", "a connector sends to Kafka");
            case OutputSettings.File _ -> writer.note("output.file", "a connector sends to Kafka");
        }
    }

    private static void kafka(OutputSettings.Kafka kafka, PropertyWriter writer) {
        writer.put("exactly.once.support", "required");
        if (kafka.delivery() == OutputSettings.Delivery.AT_LEAST_ONCE) {
            writer.note("output.kafka.delivery", "a connector delivers exactly once");
        }
        writer.note(
                "output.kafka.bootstrapServers",
                "a connector sends to the cluster of its worker, unless 'producer.override.bootstrap.servers' names"
                        + " another");
        kafka.deadLetter().ifPresent(deadLetter -> {
            switch (deadLetter) {
                case OutputSettings.DeadLetter.Topic(String name) -> writer.put("dead.letter.topic", name);
                case OutputSettings.DeadLetter.File _ ->
                    writer.note(
                            "output.kafka.deadLetter.file",
                            "dead letters of a connector go to a topic; name one in" + " 'dead.letter.topic'");
            }
        });
        kafka.createTopics().ifPresent(create -> {
            writer.put("topic.creation.default.partitions", Integer.toString(create.partitions()));
            writer.put("topic.creation.default.replication.factor", Integer.toString(create.replicationFactor()));
        });
        if (kafka.maxTopics() != OutputSettings.Topics.MAX) {
            writer.note("output.kafka.maxTopics", "nothing limits how many topics a connector sends to");
        }
        kafka.properties().forEach((name, value) -> property(name, value, kafka, writer));
    }

    private static void property(String name, String value, OutputSettings.Kafka kafka, PropertyWriter writer) {
        String setting = "output.kafka.properties." + name;
        if (OF_WORKERS.stream().anyMatch(name::startsWith)) {
            writer.note(setting, "the worker has its own, unless 'producer.override." + name + "' gives another");
        } else if (OF_CONNECT.contains(name)) {
            writer.note(setting, "Kafka Connect sets what exactly-once delivery needs");
        } else if (kafka.written().containsKey(name)) {
            writer.note(
                    setting,
                    "a variable or a file brings a part of it, which may be a secret; write 'producer.override." + name
                            + "' with a config provider");
        } else {
            writer.put("producer.override." + name, value);
        }
    }
}
