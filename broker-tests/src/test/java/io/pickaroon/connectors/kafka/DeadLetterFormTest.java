package io.pickaroon.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.pickaroon.connectors.CapturedLog;
import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.broker.TopicReader.TopicRecord;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Partition;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.processor.delivery.Acknowledgement;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** What a dead letter has of the record that it stands for, and which topics its record leaves alone. */
class DeadLetterFormTest extends AtLeastOnceSessions {
    private static final String RECORDS_LOG = "io.pickaroon.connectors.kafka.records";
    private static final long TIME_MILLIS = 1_700_000_000_007L;

    @Test
    void aLetterInATopicHasTheKeyTheHeadersAndTheTimeThatCouldBeMade() throws Exception {
        broker.createTopic(name + "-dead", 1, Map.of());
        deliver("ERROR one", whole(name + "-{field.no}").refused(new RefusedRecords.ToTopic(name + "-dead")));

        TopicRecord letter = broker.read(name + "-dead").getFirst();
        assertThat(text(letter.key())).isEqualTo("k-0");
        assertThat(text(letter.value())).isEqualTo("ERROR one");
        assertThat(letter.headers())
                .containsEntry("team", "shop")
                .containsEntry("log.offset", "0")
                .containsEntry("pickaroon.dead-letter.topic", name + "-{field.no}")
                .containsEntry("pickaroon.dead-letter.timestamp", Long.toString(TIME_MILLIS))
                .doesNotContainKeys("none", "pickaroon.truncated");
    }

    @Test
    void aKeyThatIsTooLongIsNotInTheLetter() throws Exception {
        broker.createTopic(name, 1, Map.of());
        broker.createTopic(name + "-dead", 1, Map.of());
        deliver(
                "ERROR one",
                FormFixture.toTopic(name)
                        .key("k".repeat(1_025), Partition.FILE)
                        .refused(new RefusedRecords.ToTopic(name + "-dead")));

        assertThat(broker.read(name + "-dead"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.key()).isEmpty());
    }

    @Test
    void aLetterInAFileHasTheMembersThatCouldBeMade() throws Exception {
        deliver(
                "ERROR one",
                whole(name + "-{field.no}").refused(new RefusedRecords.ToFile(directory.resolve("dead.ndjson"))));

        assertThat(Files.readAllLines(directory.resolve("dead.ndjson")))
                .singleElement()
                .asString()
                .contains(
                        "\"offset\":0,\"rule\":\"errors\"",
                        "\"record\":\"ERROR one\"",
                        "\"key\":\"k-0\"",
                        "\"team\":\"shop\"",
                        "\"timestamp\":" + TIME_MILLIS)
                .endsWith(("\"topic\":\"%s-{field.no}\",\"reason\":\"its topic has no value for" + " {field.no}\"}")
                        .formatted(name));
    }

    @Test
    void headersThatDoNotFitInTheDeadLetterTopicAreLeftOut() throws Exception {
        broker.createTopic(name, 1, Map.of("max.message.bytes", "2000"));
        broker.createTopic(name + "-dead", 1, Map.of("max.message.bytes", "3000"));
        deliver(
                "ERROR one",
                FormFixture.toTopic(name)
                        .header("team", "{field.team}")
                        .header("wide", LogFixture.noise(5_000))
                        .fields(Map.of("team", "shop"))
                        .refused(new RefusedRecords.ToTopic(name + "-dead")));

        assertThat(broker.read(name + "-dead"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.headers())
                        .containsEntry("team", "shop")
                        .containsEntry("pickaroon.truncated", "true")
                        .doesNotContainKey("wide"));
    }

    @Test
    void aTopicIsCreatedOnlyForARecordThatIsSentThere() throws Exception {
        Acknowledgement refused = deliver(
                "ERROR one",
                FormFixture.toTopic(name + "-key-{offset}")
                        .key("{field.no}", Partition.FILE)
                        .created(5)
                        .refused(new RefusedRecords.ToFile(directory.resolve("dead.ndjson"))));
        assertThat(refused.reasons().deadLetters()).isEqualTo(Map.of("missing-name", 1L));
        assertThat(Files.readString(directory.resolve("dead.ndjson"))).contains("\"topic\":\"" + name + "-key-0\"");
        deliver(
                "ERROR one",
                FormFixture.toTopic(name + "-header-{offset}")
                        .header("none", "{field.no}")
                        .created(5)
                        .refused(new RefusedRecords.ToFile(directory.resolve("dead.ndjson"))));

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get()).noneMatch(topic -> topic.startsWith(name));
        }
    }

    @Test
    void theFirstLetterOfEachReasonIsSaidWithItsPlace() throws Exception {
        broker.createTopic(name, 1, Map.of("max.message.bytes", "2000"));
        String large = "ERROR " + LogFixture.noise(9_000);
        try (CapturedLog said = new CapturedLog(RECORDS_LOG);
                LogFixture log =
                        LogFixture.of(directory.resolve("shop.log"), List.of("ERROR one", large, "ERROR two"));
                KafkaSink sink = new KafkaSink(FormFixture.toTopic(name)
                        .key("{offset}", Partition.FILE)
                        .refused(new RefusedRecords.ToFile(directory.resolve("dead.ndjson")))
                        .settings(broker.bootstrapServers(), new Guarantee.AtLeastOnce()))) {
            sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);
            sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);
            assertThat(said.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("rule 'errors'", "shop.log at offset 10", "2000", "it is written as a dead letter");
        }
    }

    private static FormFixture whole(String topic) {
        return FormFixture.toTopic(topic)
                .key("k-{offset}", Partition.FILE)
                .header("team", "{field.team}")
                .header("none", "{field.no}")
                .time("{field.at}")
                .fields(Map.of("team", "shop", "at", Long.toString(TIME_MILLIS)));
    }

    private Acknowledgement deliver(String line, FormFixture form) throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), List.of(line));
                KafkaSink sink = new KafkaSink(form.settings(broker.bootstrapServers(), new Guarantee.AtLeastOnce()))) {
            return sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);
        }
    }
}
