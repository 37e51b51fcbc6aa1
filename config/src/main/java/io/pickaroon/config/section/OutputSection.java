package io.pickaroon.config.section;

import io.pickaroon.config.problem.Place;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.OutputSettings.DeadLetter;
import io.pickaroon.config.settings.OutputSettings.Delivery;
import io.pickaroon.config.settings.OutputSettings.OnRefusedRecord;
import io.pickaroon.config.value.Choices;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.Numbers;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.TextMapType;
import io.pickaroon.config.value.Texts;
import io.pickaroon.config.yaml.Located;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code output}. */
final class OutputSection {
    /** More are not created by one request. */
    private static final int MOST_PARTITIONS = 10_000;

    private static final Key<String> DEAD_LETTER_TOPIC = Key.optional("topic", Texts.TOPIC);
    private static final Key<Path> DEAD_LETTER_FILE = Key.optional("file", Texts.PATH);
    private static final Section DEAD_LETTER_SECTION =
            new Section("'deadLetter'", List.of(DEAD_LETTER_TOPIC, DEAD_LETTER_FILE), OutputSection::checkDeadLetter);

    private static final Key<String> BOOTSTRAP_SERVERS = Key.required("bootstrapServers", Texts.SERVERS);
    private static final Key<Delivery> DELIVERY =
            Key.optional("delivery", Choices.of(Delivery.values()), Delivery.EXACTLY_ONCE);
    private static final Key<Map<String, Located<String>>> PROPERTIES =
            Key.optional("properties", new TextMapType("'properties'"), Map.of());
    private static final Key<Fields> DEAD_LETTER = Key.optional("deadLetter", DEAD_LETTER_SECTION);
    private static final Key<OnRefusedRecord> ON_REFUSED_RECORD =
            Key.optional("onRefusedRecord", Choices.of(OnRefusedRecord.values()), OnRefusedRecord.STOP);

    private static final Key<Integer> PARTITIONS = Key.required("partitions", Numbers.integer(1, MOST_PARTITIONS));
    private static final Key<Integer> REPLICATION_FACTOR =
            Key.required("replicationFactor", Numbers.integer(1, Short.MAX_VALUE));
    private static final Key<Fields> CREATE_TOPICS = Key.optional(
            "createTopics", new Section("'createTopics'", List.of(PARTITIONS, REPLICATION_FACTOR), Section.Check.NONE));

    private static final Key<Integer> MAX_TOPICS =
            Key.optional("maxTopics", Numbers.integer(1, 100_000), OutputSettings.Topics.MAX);

    private static final Section KAFKA_SECTION = new Section(
            "'kafka'",
            List.of(BOOTSTRAP_SERVERS, DELIVERY, PROPERTIES, DEAD_LETTER, ON_REFUSED_RECORD, CREATE_TOPICS, MAX_TOPICS),
            OutputSection::checkKafka);

    private static final Key<Path> FILE_PATH = Key.required("path", Texts.PATH);

    private static final Key<Fields> KAFKA = Key.optional("kafka", KAFKA_SECTION);
    private static final Key<Fields> CONSOLE =
            Key.optional("console", new Section("'console'", List.of(), Section.Check.NONE));
    private static final Key<Fields> FILE =
            Key.optional("file", new Section("'file'", List.of(FILE_PATH), Section.Check.NONE));

    static final Section SECTION = new Section("'output'", List.of(KAFKA, CONSOLE, FILE), OutputSection::check);

    private OutputSection() {}

    static OutputSettings build(Fields fields) {
        Optional<OutputSettings> kafka = fields.value(KAFKA).map(OutputSection::kafka);
        return kafka.or(() -> fields.value(FILE).map(file -> new OutputSettings.File(file.get(FILE_PATH))))
                .or(() -> fields.value(CONSOLE).map(_ -> new OutputSettings.Console()))
                .orElseThrow();
    }

    /** What would keep a record that cannot be sent from stopping a run; empty if it does not stop one. */
    static Optional<String> remedyForRefusedRecords(Fields fields) {
        return fields.find(KAFKA)
                .map(Located::value)
                .flatMap(kafka -> kafka.mentions(ON_REFUSED_RECORD)
                        ? kafka.find(ON_REFUSED_RECORD).map(Located::value)
                        : ON_REFUSED_RECORD.fallback())
                .filter(chosen -> chosen == OnRefusedRecord.STOP)
                .map(_ -> "'onRefusedRecord: dead-letter' in 'output.kafka'");
    }

    private static OutputSettings.Kafka kafka(Fields fields) {
        Map<String, String> properties = new LinkedHashMap<>();
        fields.get(PROPERTIES).forEach((key, value) -> properties.put(key, value.value()));
        return new OutputSettings.Kafka(
                fields.get(BOOTSTRAP_SERVERS),
                fields.get(DELIVERY),
                new OutputSettings.Producer(properties, Located.written(fields.get(PROPERTIES))),
                fields.value(DEAD_LETTER).map(OutputSection::deadLetter),
                fields.get(ON_REFUSED_RECORD),
                new OutputSettings.Topics(
                        fields.value(CREATE_TOPICS).map(OutputSection::createTopics), fields.get(MAX_TOPICS)));
    }

    private static OutputSettings.CreateTopics createTopics(Fields fields) {
        return new OutputSettings.CreateTopics(fields.get(PARTITIONS), fields.get(REPLICATION_FACTOR));
    }

    private static DeadLetter deadLetter(Fields fields) {
        Optional<DeadLetter> topic = fields.value(DEAD_LETTER_TOPIC).map(DeadLetter.Topic::new);
        return topic.orElseGet(() -> new DeadLetter.File(fields.get(DEAD_LETTER_FILE)));
    }

    private static void check(Fields fields, Place place, Reading reading) {
        SECTION.requireExactlyOne(List.of(KAFKA, CONSOLE, FILE), fields, place, reading);
    }

    private static void checkDeadLetter(Fields fields, Place place, Reading reading) {
        DEAD_LETTER_SECTION.requireExactlyOne(List.of(DEAD_LETTER_TOPIC, DEAD_LETTER_FILE), fields, place, reading);
    }

    private static void checkKafka(Fields fields, Place place, Reading reading) {
        Delivery delivery = fields.value(DELIVERY).orElseThrow();
        fields.find(PROPERTIES).ifPresent(properties -> KafkaProperties.check(properties.value(), delivery, reading));
        boolean stops = fields.value(ON_REFUSED_RECORD).orElseThrow() == OnRefusedRecord.STOP;
        boolean isClear = !fields.mentions(ON_REFUSED_RECORD)
                || fields.find(ON_REFUSED_RECORD).isPresent();
        Stream.of(DEAD_LETTER, MAX_TOPICS)
                .filter(key -> stops && isClear && fields.mentions(key))
                .forEach(key -> reading.warn(
                        fields.placeOf(key),
                        "'" + key.name() + "' has no effect: a record that cannot be sent stops the run",
                        Optional.of("write 'onRefusedRecord: dead-letter' beside it, or remove it")));
        fields.find(ON_REFUSED_RECORD)
                .filter(chosen -> chosen.value() == OnRefusedRecord.DEAD_LETTER && !fields.mentions(DEAD_LETTER))
                .ifPresent(chosen -> reading.report(
                        chosen.place(), "'dead-letter' needs to know where: add 'deadLetter' with 'topic' or 'file'"));
    }
}
