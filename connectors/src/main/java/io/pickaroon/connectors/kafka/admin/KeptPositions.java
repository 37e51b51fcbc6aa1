package io.pickaroon.connectors.kafka.admin;

import io.pickaroon.connectors.kafka.claim.Claim;
import io.pickaroon.connectors.kafka.claim.StoredPosition;
import io.pickaroon.connectors.kafka.claim.TopicContents;
import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.client.OpeningClients;
import io.pickaroon.connectors.kafka.positions.PositionRecords;
import io.pickaroon.connectors.kafka.positions.PositionsTopic;
import io.pickaroon.connectors.kafka.send.WindowProducer;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.connectors.kafka.start.Takeover;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.file.FileIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Lists and removes what the positions topic keeps, for {@code pickaroon positions}. Each call has clients of its own
 * and blocks. It starts no delivery.
 */
public final class KeptPositions {
    /**
     * The records of one name.
     *
     * @param claim empty if it was written by a version without claims
     * @param problem what is wrong with a malformed record, in a sentence; empty if there is none
     */
    public record Kept(
            String name,
            Optional<Claim> claim,
            Map<FileIdentity, StoredPosition> positions,
            Optional<String> problem) {}

    private static final int LONGEST_SILENCE_MILLIS = 10_000;

    private final KafkaCluster cluster;
    private final PositionsTopic topic;

    /** @throws DeliveryException fatal, if Kafka does not accept one of the properties */
    public KeptPositions(KafkaSinkSettings settings) {
        this.cluster = KafkaCluster.of(settings);
        ExactlyOnce guarantee = (ExactlyOnce) settings.guarantee();
        this.topic = new PositionsTopic(guarantee.positionsTopic(), cluster);
    }

    /** All committed records, by name. */
    public List<Kept> all() throws InterruptedException {
        return calling(() -> {
            if (!exists()) {
                return List.of();
            }
            TopicContents contents;
            try (OpeningClients clients = OpeningClients.of(cluster.properties())) {
                contents = topic.read(clients, true, PositionsTopic.Interest.EVERYTHING);
            }
            Set<String> names = new TreeSet<>(contents.names());
            names.addAll(contents.unreadable().keySet());
            return names.stream()
                    .map(name -> new Kept(
                            name,
                            contents.claim(name),
                            contents.positions(name),
                            Optional.ofNullable(contents.unreadable().get(name))))
                    .toList();
        });
    }

    /** Removes a name. A run that still uses it is fenced first, so that it cannot write the records again. */
    public void forget(String name) throws InterruptedException {
        calling(() -> {
            takeOverAndRemove(name);
            return null;
        });
    }

    private void takeOverAndRemove(String name) throws ExecutionException, InterruptedException {
        PositionRecords records = new PositionRecords(topic.partition(), name);
        cluster.failures().runsAs(name);
        try (OpeningClients clients = OpeningClients.of(cluster.properties());
                WindowProducer producer =
                        new WindowProducer(cluster.properties().producer(Integer.MAX_VALUE, name), Duration.ZERO)) {
            Takeover takeover = new Takeover(cluster, clients, Set.of(topic.partition()));
            takeover.of(producer, records, name);
            TopicContents contents = topic.read(clients, true, (other, _) -> other.equals(name));
            List<ProducerRecord<byte[], byte[]>> removals = new ArrayList<>();
            contents.positions(name).keySet().forEach(file -> removals.add(records.removal(file)));
            removals.add(records.claimRemoval());
            takeover.commit(producer, removals);
        }
    }

    /** @throws DeliveryException retryable, if no broker answers */
    private boolean exists() throws ExecutionException, InterruptedException {
        Map<String, Object> impatient = cluster.properties().admin();
        impatient.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LONGEST_SILENCE_MILLIS);
        impatient.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LONGEST_SILENCE_MILLIS);
        Admin admin = connect(impatient);
        try {
            admin.describeTopics(List.of(topic.partition().topic()))
                    .allTopicNames()
                    .get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            if (e.getCause() instanceof TimeoutException) {
                throw DeliveryException.retryable(
                        "Kafka at %s: no broker answers for %d s; check that it runs there"
                                .formatted(cluster.bootstrapServers(), LONGEST_SILENCE_MILLIS / 1_000),
                        e.getCause());
            }
            throw e;
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private Admin connect(Map<String, Object> adminProperties) {
        try {
            return Admin.create(adminProperties);
        } catch (KafkaException e) {
            throw cluster.failures().toConstructionFailure(e);
        }
    }

    private interface Call<T> {
        T run() throws ExecutionException, InterruptedException;
    }

    private <T> T calling(Call<T> call) throws InterruptedException {
        try {
            return call.run();
        } catch (ExecutionException | KafkaException e) {
            throw cluster.failures().toDeliveryException(e);
        }
    }
}
