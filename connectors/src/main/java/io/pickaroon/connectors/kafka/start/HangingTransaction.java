package io.pickaroon.connectors.kafka.start;

import io.pickaroon.connectors.kafka.positions.PositionRecords;
import io.pickaroon.connectors.kafka.send.WindowProducer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last transaction of an instance, if it is decided but still open in some partitions. Immutable.
 *
 * <p>Kafka 4.3 skips partitions without a leader when it completes a transaction (KAFKA-20734). All partitions of a
 * single broker are without one if it restarts in that moment. Readers of committed records then wait there forever;
 * and the next transaction of the same producer includes the open records, however they had been decided. So the
 * producer first runs one more transaction with the same decision.
 *
 * @param isCommitted how it was decided
 * @param startOffsets where it is open, with the offset at which it begins there
 */
record HangingTransaction(boolean isCommitted, Map<TopicPartition, Long> startOffsets) {
    private static final Logger LOG = LoggerFactory.getLogger(HangingTransaction.class);
    private static final byte[] NOTHING = {};

    /**
     * Asks the brokers. To be called before a producer takes over: after that the brokers no longer know the decision.
     *
     * @param partitions that transactions may have written to
     * @return empty if there is none, or if the brokers may not be asked
     * @throws ExecutionException if the brokers do not answer
     */
    static Optional<HangingTransaction> find(Admin admin, String transactionalId, Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        Optional<TransactionDescription> last = ifKnown(describe(admin, transactionalId));
        boolean isCommitted = isIn(TransactionState.COMPLETE_COMMIT, last);
        if (!isCommitted && !isIn(TransactionState.COMPLETE_ABORT, last)) {
            return Optional.empty();
        }
        Map<TopicPartition, Long> open = open(admin, last.get().producerId(), partitions);
        // A transaction that another process has begun meanwhile is rightly open.
        boolean isLast = last.equals(ifKnown(describe(admin, transactionalId)));
        return open.isEmpty() || !isLast ? Optional.empty() : Optional.of(new HangingTransaction(isCommitted, open));
    }

    /** Asks the brokers for the last transaction of an instance. Does not wait for the answer. */
    static KafkaFuture<TransactionDescription> describe(Admin admin, String transactionalId) {
        return admin.describeTransactions(List.of(transactionalId)).description(transactionalId);
    }

    private static boolean isIn(TransactionState state, Optional<TransactionDescription> transaction) {
        return transaction.filter(known -> known.state() == state).isPresent();
    }

    /** Where a producer has a transaction open, with the offset at which that begins there. */
    static Map<TopicPartition, Long> open(Admin admin, long producerId, Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        DescribeProducersResult answers = admin.describeProducers(partitions);
        Map<TopicPartition, Long> open = new LinkedHashMap<>();
        Set<String> refused = new LinkedHashSet<>();
        for (TopicPartition partition : partitions) {
            Optional<PartitionProducerState> state = ifKnown(answers.partitionResult(partition));
            if (state.isEmpty()) {
                refused.add(partition.topic());
            }
            state.stream()
                    .flatMap(known -> known.activeProducers().stream())
                    .filter(producer -> producer.producerId() == producerId)
                    .flatMapToLong(producer -> producer.currentTransactionStartOffset().stream())
                    .forEach(startOffset -> open.put(partition, startOffset));
        }
        if (!refused.isEmpty()) {
            LOG.info(
                    "Kafka does not say whether it left a transaction open in {} (KAFKA-20734): that needs the"
                            + " permission to read these topics; nothing else depends on it",
                    refused);
        }
        return open;
    }

    /** Empty if the brokers do not know it, or do not say. */
    static <T> Optional<T> ifKnown(KafkaFuture<T> answer) throws ExecutionException, InterruptedException {
        try {
            return Optional.of(answer.get());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof TransactionalIdNotFoundException
                    || cause instanceof AuthorizationException
                    || cause instanceof UnsupportedVersionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    Set<TopicPartition> partitions() {
        return startOffsets.keySet();
    }

    /**
     * The partitions in which it can be ended. In others than that of the positions, committed records become visible
     * with the next record.
     */
    Set<TopicPartition> finishable(TopicPartition positions) {
        Set<TopicPartition> finishable = new LinkedHashSet<>();
        partitions().stream()
                .filter(partition -> !isCommitted || partition.equals(positions))
                .forEach(finishable::add);
        return finishable;
    }

    /**
     * Ends it where that is possible, with a transaction that changes nothing.
     *
     * @param producer has taken over, and has sent nothing yet
     * @throws ExecutionException if a partition did not accept the record
     */
    void finish(WindowProducer producer, PositionRecords positions) throws ExecutionException, InterruptedException {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (TopicPartition partition : finishable(positions.partition())) {
            sent.add(producer.send(
                    partition.equals(positions.partition())
                            ? positions.nothing()
                            // This record is aborted and never visible.
                            : new ProducerRecord<>(partition.topic(), partition.partition(), NOTHING, null)));
        }
        producer.flush();
        if (isCommitted) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
        for (Future<RecordMetadata> record : sent) {
            record.get();
        }
    }
}
