package io.pickaroon.connectors.kafka;

import static io.pickaroon.connectors.LogFixture.errorLines;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.pickaroon.connectors.CapturedLog;
import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.Instance.Standing;
import io.pickaroon.processor.scan.ScannedWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** Timestamps that records tell, and what brokers make of them. */
class RecordTimesTest extends AtLeastOnceSessions {
    private static final String RECORDS_LOG = "io.pickaroon.connectors.kafka.records";

    @Test
    void aTimeThatTheTopicTakesArrivesToTheMillisecond() throws Exception {
        broker.createTopic(name, 1, Map.of());
        Instant time = Instant.now().minus(Duration.ofMinutes(59)).plusMillis(7);
        Acknowledgement acknowledged = deliver(new Guarantee.AtLeastOnce(), time, () -> {});
        assertThat(acknowledged.reasons().isEmpty()).isTrue();
        assertThat(timesInTopic()).hasSize(10).containsOnly(time.toEpochMilli());
    }

    @Test
    void twoHoursAheadIsSentWithTheReadTimeAndCounted() throws Exception {
        broker.createTopic(name, 1, Map.of());
        Instant start = Instant.now();
        try (CapturedLog said = new CapturedLog(RECORDS_LOG)) {
            Acknowledgement acknowledged =
                    deliver(new Guarantee.AtLeastOnce(), start.plus(Duration.ofHours(2)), () -> {});
            assertThat(acknowledged.emittedMatches()).isEqualTo(10);
            assertThat(acknowledged.reasons().readTimes()).isEqualTo(Map.of("ahead", 10L));
            assertThat(said.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("rule 'errors'", "shop.log at offset 0", "further ahead than topic " + name, "1 hour");
        }
        assertThat(timesInTopic())
                .hasSize(10)
                .allSatisfy(time -> assertThat(time).isBetween(start.toEpochMilli(), System.currentTimeMillis()));
    }

    @Test
    void aYearOldIsSentWithTheReadTimeIfTheTopicTakesAWeekAndThatIsSaidOnce() throws Exception {
        broker.createTopic(name, 1, Map.of("message.timestamp.before.max.ms", "604800000"));
        Instant start = Instant.now();
        try (CapturedLog said = new CapturedLog(RECORDS_LOG)) {
            Acknowledgement acknowledged =
                    deliver(new Guarantee.AtLeastOnce(), start.minus(Duration.ofDays(365)), () -> {});
            assertThat(acknowledged.reasons().readTimes()).isEqualTo(Map.of("behind", 10L));
            assertThat(said.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("shop.log at offset 0", "365 days ago", name, "7 days (message.timestamp.before.max.ms)");
            assertThat(said.messages(Level.INFO))
                    .singleElement()
                    .asString()
                    .contains("takes timestamps up to 1 hour ahead", "7 days old");
        }
        assertThat(timesInTopic())
                .hasSize(10)
                .allSatisfy(time -> assertThat(time).isBetween(start.toEpochMilli(), System.currentTimeMillis()));
    }

    @Test
    void aYearOldInATopicThatKeepsAWeekIsSaidOnceWithBothFigures() throws Exception {
        broker.createTopic(name, 1, Map.of("retention.ms", "604800000"));
        try (CapturedLog said = new CapturedLog(RECORDS_LOG)) {
            Acknowledgement acknowledged =
                    deliver(new Guarantee.AtLeastOnce(), Instant.now().minus(Duration.ofDays(365)), () -> {});
            assertThat(acknowledged.reasons().isEmpty()).isTrue();
            assertThat(said.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("365 days ago", "keeps records for 7 days (retention.ms", "segment.ms");
        }
    }

    @Test
    void aTopicThatReplacesTimestampsIsSaidAtTheStart() throws Exception {
        broker.createTopic(name, 1, Map.of("message.timestamp.type", "LogAppendTime"));
        try (CapturedLog said = new CapturedLog(RECORDS_LOG)) {
            deliver(new Guarantee.AtLeastOnce(), Instant.now().minus(Duration.ofDays(1)), () -> {});
            assertThat(said.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains(name, "LogAppendTime", "'errors'");
        }
    }

    @Test
    void missingAndUnreadableTimesAreCounted() throws Exception {
        broker.createTopic(name, 1, Map.of());
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(2))) {
            for (Map.Entry<String, String> row :
                    Map.of("{field.no}", "missing", "at {offset}", "unreadable").entrySet()) {
                try (CapturedLog said = new CapturedLog(RECORDS_LOG);
                        KafkaSink sink = new KafkaSink(FormFixture.toTopic(name)
                                .time(row.getKey())
                                .settings(broker.bootstrapServers(), new Guarantee.AtLeastOnce()))) {
                    Acknowledgement acknowledged =
                            sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);
                    assertThat(acknowledged.reasons().readTimes()).isEqualTo(Map.of(row.getValue(), 2L));
                    assertThat(said.messages(Level.WARN))
                            .singleElement()
                            .asString()
                            .contains(
                                    "rule 'errors', the record in",
                                    "shop.log at offset 0",
                                    row.getValue().equals("missing")
                                            ? "it has no timestamp"
                                            : "its timestamp cannot be read");
                }
            }
        }
        assertThat(broker.read(name)).hasSize(4);
    }

    /** The session has looked at the topic already when it becomes strict. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTimeThatTheBrokersRefuseIsSentAgainAsTheReadTime(boolean exactlyOnce) throws Exception {
        name = name + exactlyOnce;
        broker.createTopic(name, 1, Map.of());
        Instant start = Instant.now();
        Guarantee guarantee =
                exactlyOnce ? new ExactlyOnce(Orders.named(Optional.of(name))) : new Guarantee.AtLeastOnce();
        try (CapturedLog said = new CapturedLog(RECORDS_LOG)) {
            Acknowledgement acknowledged = deliver(
                    guarantee,
                    start.minus(Duration.ofMinutes(30)),
                    () -> alter("message.timestamp.before.max.ms", "600000"));
            assertThat(acknowledged.emittedMatches()).isEqualTo(10);
            assertThat(acknowledged.reasons().readTimes()).isEqualTo(Map.of("refused", 10L));
            assertThat(said.messages(Level.WARN)).singleElement().asString().contains("refused the timestamp", name);
        }
        assertThat(broker.values(name)).isEqualTo(errorLines(10));
        assertThat(timesInTopic())
                .hasSize(10)
                .allSatisfy(time -> assertThat(time).isBetween(start.toEpochMilli(), System.currentTimeMillis()));
    }

    /** Sends ten records with this time. */
    private Acknowledgement deliver(Guarantee guarantee, Instant time, Runnable beforeTheWindows) throws Exception {
        KafkaSinkSettings settings = FormFixture.toTopic(name)
                .time("{field.at}")
                .fields(Map.of("at", Long.toString(time.toEpochMilli())))
                .refused(new RefusedRecords.Stop())
                .settings(broker.bootstrapServers(), guarantee);
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(10));
                KafkaSink sink = new KafkaSink(settings)) {
            sink.attach(TestRun.fresh("host-1", Standing.NEW));
            Flux<ScannedWindow> windows = log.windows(1 << 20);
            return sink.resume(_ -> {
                        beforeTheWindows.run();
                        return windows;
                    })
                    .blockLast(PATIENCE);
        }
    }

    private void alter(String property, String value) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(property, value), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
            String seen = "";
            while (!seen.equals(value)) {
                seen = admin.describeConfigs(List.of(topic))
                        .all()
                        .get()
                        .get(topic)
                        .get(property)
                        .value();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Long> timesInTopic() {
        TopicPartition partition = new TopicPartition(name, 0);
        List<Long> times = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    times.add(record.timestamp());
                }
            }
        }
        return times;
    }
}
