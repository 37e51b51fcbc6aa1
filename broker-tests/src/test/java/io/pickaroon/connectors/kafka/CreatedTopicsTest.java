package io.pickaroon.connectors.kafka;

import static io.pickaroon.connectors.LogFixture.errorLines;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.pickaroon.connectors.CapturedLog;
import io.pickaroon.connectors.LogFixture;
import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.GivenProperties;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.Limits;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.NewTopics;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings.RuleTopics;
import io.pickaroon.connectors.kafka.settings.RefusedRecords;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Topics that do not exist, with {@code createTopics}. */
class CreatedTopicsTest extends AtLeastOnceSessions {
    @Test
    void areCreatedAsTheSettingSaysAndOnesThatExistStayAsTheyAre() throws Exception {
        List<String> lines = errorLines(100);
        String deadLetters = name + "-dead-letters";
        RefusedRecords refused = new RefusedRecords.ToTopic(deadLetters);
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), lines);
                CapturedLog said = new CapturedLog("io.pickaroon.connectors.kafka.topics")) {
            try (KafkaSink sink = new KafkaSink(creating(new NewTopics(3, (short) 1), refused))) {
                sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);
            }
            assertThat(said.messages(Level.INFO))
                    .anyMatch(line -> line.contains(
                            "created topic '" + name + "' (rule 'errors'): 3 partitions, replication factor 1"))
                    .anyMatch(line -> line.contains("created topic '" + deadLetters + "' (dead letters)"))
                    .hasSize(2);
            assertThat(broker.values(name)).containsExactlyElementsOf(lines);

            try (KafkaSink sink = new KafkaSink(creating(new NewTopics(5, (short) 1), refused))) {
                sink.deliver(log.windows(1 << 20)).blockLast(PATIENCE);
            }
            assertThat(said.messages(Level.INFO)).hasSize(2);
            assertThat(partitions(name)).isEqualTo(3);
            assertThat(partitions(deadLetters)).isEqualTo(3);
        }
    }

    @Test
    void moreReplicasThanBrokersAreRefusedAndNothingIsCreated() throws Exception {
        try (LogFixture log = LogFixture.of(directory.resolve("shop.log"), errorLines(1));
                KafkaSink sink = new KafkaSink(creating(new NewTopics(1, (short) 3), new RefusedRecords.Stop()))) {
            StepVerifier.create(sink.deliver(log.windows(1 << 20)))
                    .expectErrorSatisfies(fatal(
                            "does not create topic '" + name
                                    + "' (rule 'errors') with 1 partition and replication factor 3",
                            "only 1 broker",
                            "lower output.kafka.createTopics.replicationFactor, or start more brokers"))
                    .verify(PATIENCE);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                assertThat(admin.listTopics().names().get()).doesNotContain(name);
            }
        }
    }

    private KafkaSinkSettings creating(NewTopics created, RefusedRecords refused) {
        return new KafkaSinkSettings(
                broker.bootstrapServers(),
                new RuleTopics(raw(), Optional.of(created)),
                new GivenProperties(Map.of(), Map.of()),
                new Guarantee.AtLeastOnce(),
                refused,
                Limits.DEFAULT);
    }

    private static int partitions(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.describeTopics(Set.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size();
        }
    }
}
