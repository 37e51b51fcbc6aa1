package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.send.WindowProducer;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.internals.ProducerFactory;

/**
 * One producer with Reactor Kafka's sender over it and the thread on which acknowledgements come. Its owner closes it,
 * once; a producer that has failed is never used again.
 */
final class RunningProducer implements AutoCloseable {
    private final WindowProducer producer;
    private final KafkaSender<byte[], byte[]> sender;
    private final Scheduler acknowledging;
    private final Duration closeTimeout;

    private RunningProducer(
            WindowProducer producer,
            KafkaSender<byte[], byte[]> sender,
            Scheduler acknowledging,
            Duration closeTimeout) {
        this.producer = producer;
        this.sender = sender;
        this.acknowledging = acknowledging;
        this.closeTimeout = closeTimeout;
    }

    /**
     * Makes the clients; asks no broker.
     *
     * @param closeTimeout how long closing waits for the brokers, at most
     * @param abandonedCloseLimit the same after {@link #abandon}
     * @throws KafkaException if no producer can be made with these properties
     */
    static RunningProducer start(
            Map<String, Object> producerProperties, Duration closeTimeout, Duration abandonedCloseLimit) {
        WindowProducer producer = new WindowProducer(producerProperties, abandonedCloseLimit);
        Scheduler acknowledging = Schedulers.newSingle("pickaroon-kafka-acks", true);
        SenderOptions<byte[], byte[]> options = SenderOptions.<byte[], byte[]>create(producerProperties)
                .closeTimeout(closeTimeout)
                .scheduler(acknowledging)
                .maxInFlight(1)
                .stopOnError(true);
        KafkaSender<byte[], byte[]> sender = KafkaSender.create(new OneProducer(producer), options);
        RunningProducer running = new RunningProducer(producer, sender, acknowledging, closeTimeout);
        try {
            sender.doOnProducer(_ -> true).block();
            return running;
        } catch (RuntimeException e) {
            running.abandon();
            running.close();
            throw e;
        }
    }

    WindowProducer producer() {
        return producer;
    }

    KafkaSender<byte[], byte[]> sender() {
        return sender;
    }

    Scheduler acknowledging() {
        return acknowledging;
    }

    /** Everything that is not acknowledged yet counts as not delivered; closing does not wait for it. */
    void abandon() {
        producer.abandon();
    }

    /** @throws KafkaException if the producer does not close cleanly; everything else is closed all the same */
    @Override
    public void close() {
        try {
            // First, because Reactor Kafka's own close waits for the sending thread, and this ends what it waits for.
            producer.close(closeTimeout);
            sender.close();
        } finally {
            acknowledging.dispose();
        }
    }

    private static final class OneProducer extends ProducerFactory {
        private final WindowProducer producer;

        OneProducer(WindowProducer producer) {
            this.producer = producer;
        }

        /** Called once; the types are those of the options made above. */
        @Override
        @SuppressWarnings("unchecked")
        public <K, V> Producer<K, V> createProducer(SenderOptions<K, V> options) {
            return (Producer<K, V>) producer;
        }
    }
}
