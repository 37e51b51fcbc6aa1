package io.pickaroon.connectors.kafka.send;

import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Many records on their way to the brokers, with one answer for all of them. */
interface Transfer {
    /** Kafka's producer, as a transfer sees it. */
    interface Transport {
        /** Hands one record to the producer; blocks while its buffer is full. */
        void send(ProducerRecord<byte[], byte[]> record, Callback answer);

        /** Sends at once what waits for a batch to fill, and returns when every record has its answer. */
        default void flush() {}
    }

    /**
     * Sends every record in order.
     *
     * @param whenDone called once, with null if everything is settled
     */
    void start(Transport transport, Consumer<Exception> whenDone);
}
