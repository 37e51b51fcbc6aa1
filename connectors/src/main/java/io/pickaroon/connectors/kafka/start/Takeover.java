package io.pickaroon.connectors.kafka.start;

import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.client.OpeningClients;
import io.pickaroon.connectors.kafka.positions.PositionRecords;
import io.pickaroon.connectors.kafka.send.WindowProducer;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fences earlier writers of a name and ends their transactions. For one session; blocks. */
public final class Takeover {
    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

    private final KafkaCluster cluster;
    private final OpeningClients clients;
    private final List<TopicPartition> partitions = new ArrayList<>();

    /**
     * @param clients ask the brokers; the caller closes them
     * @param partitions to which transactions may have written
     */
    public Takeover(KafkaCluster cluster, OpeningClients clients, Collection<TopicPartition> partitions) {
        this.cluster = cluster;
        this.clients = clients;
        writesTo(partitions);
    }

    /** Transactions may have written to these partitions, too. */
    public void writesTo(Collection<TopicPartition> others) {
        partitions.addAll(others);
    }

    String bootstrapServers() {
        return cluster.bootstrapServers();
    }

    OpeningClients clients() {
        return clients;
    }

    /**
     * Takes over with the producer of the session.
     *
     * @param positions makes records of the name
     */
    public void of(WindowProducer producer, PositionRecords positions, String name)
            throws ExecutionException, InterruptedException {
        try {
            Optional<HangingTransaction> hanging = find(name);
            producer.takeOver();
            if (hanging.isPresent()) {
                finish(hanging.get(), producer, positions);
            }
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw cluster.failures().ofTransaction(e, false);
        }
    }

    /** Takes over a former name, under which nothing is written from now on. */
    void ofFormer(PositionRecords positions, String name) throws ExecutionException, InterruptedException {
        try (WindowProducer producer =
                new WindowProducer(cluster.properties().producer(Integer.MAX_VALUE, name), Duration.ZERO)) {
            of(producer, positions, name);
        }
    }

    /** Commits records in a transaction of their own. */
    public void commit(WindowProducer producer, List<ProducerRecord<byte[], byte[]>> records)
            throws ExecutionException, InterruptedException {
        if (records.isEmpty()) {
            return;
        }
        try {
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(producer.send(record)));
            producer.flush();
            producer.commitTransaction();
            for (Future<RecordMetadata> record : sent) {
                record.get();
            }
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw cluster.failures().ofTransaction(e, false);
        }
    }

    /**
     * Warns about a transaction that stays open under the name of another checkpoint, which is not taken over.
     *
     * @param checkpoint the checkpoint that may be past the records of that transaction
     * @return whether there is one
     */
    boolean sayWhatIsLeft(String name, String checkpoint) throws ExecutionException, InterruptedException {
        Optional<LeftTransaction> found =
                LeftTransaction.find(clients.admin(), ExactlyOnce.transactionalId(name), partitions);
        found.ifPresent(left -> LOG.warn(
                "Kafka at {}: a transaction of instance '{}', which this checkpoint has used so far, was left open in"
                    + " {}, and whether it was committed is unknown (KAFKA-20734). Readers of committed records wait"
                    + " there until it is aborted: {}. That removes its records; if this checkpoint is past them, send"
                    + " them again: pickaroon checkpoint reset {}",
                cluster.bootstrapServers(),
                name,
                left.startOffsets().keySet(),
                String.join("; ", left.abortCommands(cluster.bootstrapServers())),
                checkpoint));
        return found.isPresent();
    }

    private Optional<HangingTransaction> find(String name) throws ExecutionException, InterruptedException {
        return HangingTransaction.find(clients.admin(), ExactlyOnce.transactionalId(name), partitions);
    }

    private void finish(HangingTransaction hanging, WindowProducer producer, PositionRecords positions)
            throws ExecutionException, InterruptedException {
        hanging.finish(producer, positions);
        Set<TopicPartition> left = new LinkedHashSet<>(hanging.partitions());
        left.removeAll(hanging.finishable(positions.partition()));
        LOG.warn(
                "Kafka at {}: the last transaction was {} and yet left open in {} (KAFKA-20734); it is ended now{}",
                cluster.bootstrapServers(),
                hanging.isCommitted() ? "committed" : "aborted",
                hanging.partitions(),
                left.isEmpty() ? "" : ", in " + left + " with the next record there");
    }
}
