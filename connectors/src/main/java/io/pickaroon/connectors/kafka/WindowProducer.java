package io.pickaroon.connectors.kafka;

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
 * A producer for which one {@link SenderRecord} stands for a whole window.
 *
 * <p>Reactor Kafka pays for each record that it carries several times what Kafka's producer does. Here it carries
 * windows; the records of a window go straight to Kafka's producer, and Reactor Kafka hears once when all are
 * acknowledged. A record that carries no {@link WindowTransfer} is sent as it is.
 *
 * <p>After the first failure the session is over, so later ones are not passed on.
 */
final class WindowProducer extends KafkaProducer<byte[], byte[]> {
    private final AtomicBoolean over = new AtomicBoolean();

    WindowProducer(Map<String, Object> properties) {
        super(properties);
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        if (!(record instanceof SenderRecord<?, ?, ?> sent)
                || !(sent.correlationMetadata() instanceof WindowTransfer transfer)) {
            return super.send(record, callback);
        }
        CompletableFuture<RecordMetadata> done = new CompletableFuture<>();
        transfer.start(super::send, failure -> {
            if (failure == null) {
                done.complete(null);
                callback.onCompletion(null, null);
            } else {
                done.completeExceptionally(failure);
                if (over.compareAndSet(false, true)) {
                    callback.onCompletion(null, failure);
                }
            }
        });
        return done;
    }

    /** Nobody waits for answers any more: the next close drops what is unsent instead of waiting for it. */
    void abandon() {
        over.set(true);
    }

    @Override
    public void close(Duration timeout) {
        super.close(over.get() ? Duration.ZERO : timeout);
    }
}
