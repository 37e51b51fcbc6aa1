package io.pickaroon.connectors.kafka.send;

import io.pickaroon.processor.metrics.StartTrace;
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
 * <p>Reactor Kafka spends several times as much on each record as Kafka's producer does. Here it carries windows or
 * groups of windows; their records go directly to Kafka's producer, and Reactor Kafka is notified once when all are
 * acknowledged. A record without a transfer is sent as it is.
 *
 * <p>The first failure of a window ends the session, so later failures are not reported. Groups come one after the
 * other, and a failed transaction may be aborted and tried again. Thread-safe.
 */
public final class WindowProducer extends KafkaProducer<byte[], byte[]> {
    private final AtomicBoolean over = new AtomicBoolean();
    private final Transfer.Transport transport = new Transport();
    private final Duration abandonedCloseLimit;

    /** @param abandonedCloseLimit how long closing may take after {@link #abandon} */
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
        StartTrace.phase("first records scanned");
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
     * Does nothing: Reactor Kafka neither recovers from a failure here nor ends its threads. {@link #takeOver} does it,
     * before Reactor Kafka has anything to send.
     */
    @Override
    public void initTransactions() {}

    /**
     * Fences earlier producers with the same {@code transactional.id}; their transactions are committed or aborted when
     * it returns. Blocks for at most {@code max.block.ms}.
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

    /** After {@link #abandon} no one waits for an answer or an error. */
    private void unlessOver(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            if (!over.get()) {
                throw e;
            }
        }
    }

    /** No one waits for answers from now on, and {@code close} does not either. */
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
