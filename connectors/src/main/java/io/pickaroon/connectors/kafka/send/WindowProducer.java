package io.pickaroon.connectors.kafka.send;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import reactor.kafka.sender.SenderRecord;

/**
 * A producer for which one {@link SenderRecord} stands for a whole {@link Transfer}.
 *
 * <p>Reactor Kafka pays for each record that it carries several times what Kafka's producer does. Here it carries
 * windows, or groups of them; their records go straight to Kafka's producer, and Reactor Kafka hears once when all are
 * acknowledged. A record that carries no transfer is sent as it is.
 *
 * <p>After the first failure of a window the session is over, so later ones are not passed on. Groups come one after the
 * other, and a transaction that failed may be aborted and tried again.
 */
public final class WindowProducer extends KafkaProducer<byte[], byte[]> {
    private final AtomicBoolean over = new AtomicBoolean();
    private final Transfer.Transport transport = new Transport();
    private final Duration abandonedCloseLimit;

    /** @param abandonedCloseLimit how long closing may take when nobody waits for answers any more */
    public WindowProducer(Map<String, Object> properties, Duration abandonedCloseLimit) {
        super(properties);
        this.abandonedCloseLimit = abandonedCloseLimit;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        if (!(record instanceof SenderRecord<?, ?, ?> sent)
                || !(sent.correlationMetadata() instanceof Transfer transfer)) {
            return super.send(record, callback);
        }
        CompletableFuture<RecordMetadata> done = new CompletableFuture<>();
        transfer.start(transport, failure -> {
            if (failure == null) {
                done.complete(null);
                callback.onCompletion(null, null);
            } else {
                done.completeExceptionally(failure);
                if (transfer instanceof GroupTransfer ? !over.get() : over.compareAndSet(false, true)) {
                    callback.onCompletion(null, failure);
                }
            }
        });
        return done;
    }

    /**
     * Does nothing: Reactor Kafka would never get over a failure here, nor end its threads. {@link #takeOver} does it,
     * before Reactor Kafka has anything to send.
     */
    @Override
    public void initTransactions() {}

    /**
     * Makes sure that no earlier producer with the same {@code transactional.id} can change anything from now on, and
     * that what it had begun is either committed or aborted. Blocks for at most {@code max.block.ms}.
     */
    public void takeOver() {
        super.initTransactions();
    }

    @Override
    public void beginTransaction() {
        unlessOver(super::beginTransaction);
    }

    @Override
    public void commitTransaction() {
        unlessOver(super::commitTransaction);
    }

    @Override
    public void abortTransaction() {
        unlessOver(super::abortTransaction);
    }

    /** When nobody waits for an answer there is nobody to take an error either. */
    private void unlessOver(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            if (!over.get()) {
                throw e;
            }
        }
    }

    /** Nobody waits for answers any more: the next close does not wait for them either. */
    public void abandon() {
        over.set(true);
    }

    @Override
    public void close(Duration timeout) {
        super.close(over.get() ? abandonedCloseLimit : timeout);
    }

    private final class Transport implements Transfer.Transport {
        @Override
        public void send(ProducerRecord<byte[], byte[]> record, Callback answer) {
            WindowProducer.super.send(record, answer);
        }

        @Override
        public void flush() {
            WindowProducer.super.flush();
        }
    }
}
