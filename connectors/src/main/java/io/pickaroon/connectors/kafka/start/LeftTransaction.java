package io.pickaroon.connectors.kafka.start;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * A transaction that Kafka left open (see {@link HangingTransaction}) under a name that another checkpoint holds now.
 * That checkpoint has continued, so the decision about the transaction is lost, and only a person can end it.
 * Immutable.
 *
 * @param startOffsets where it is open, with the offset at which it begins there
 */
record LeftTransaction(Map<TopicPartition, Long> startOffsets) {
    /**
     * Asks the brokers. The running transaction of the name's present writer does not count: it is in the description,
     * or ends meanwhile.
     *
     * @param partitions to look in
     * @return empty if nothing is left open, or if the brokers may not be asked
     * @throws ExecutionException if the brokers do not answer
     */
    static Optional<LeftTransaction> find(Admin admin, String transactionalId, Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        Optional<TransactionDescription> before = describe(admin, transactionalId);
        if (before.isEmpty()) {
            return Optional.empty();
        }
        long producerId = before.get().producerId();
        Map<TopicPartition, Long> left = new LinkedHashMap<>(HangingTransaction.open(admin, producerId, partitions));
        if (!left.isEmpty()) {
            describe(admin, transactionalId).ifPresent(present -> left.keySet().removeAll(present.topicPartitions()));
            left.entrySet()
                    .retainAll(HangingTransaction.open(admin, producerId, left.keySet())
                            .entrySet());
        }
        return left.isEmpty() ? Optional.empty() : Optional.of(new LeftTransaction(left));
    }

    private static Optional<TransactionDescription> describe(Admin admin, String transactionalId)
            throws ExecutionException, InterruptedException {
        return HangingTransaction.ifKnown(HangingTransaction.describe(admin, transactionalId));
    }

    /** The commands that abort it, which removes its records. */
    List<String> abortCommands(String bootstrapServers) {
        return startOffsets.entrySet().stream()
                .map(open -> ("kafka-transactions.sh --bootstrap-server %s abort --topic %s --partition %d"
                                + " --start-offset %d")
                        .formatted(
                                bootstrapServers,
                                open.getKey().topic(),
                                open.getKey().partition(),
                                open.getValue()))
                .toList();
    }
}
