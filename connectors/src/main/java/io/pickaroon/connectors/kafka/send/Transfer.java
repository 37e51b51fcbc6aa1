package io.pickaroon.connectors.kafka.send;

import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Many records that are sent together, with one answer for all of them. */
interface Transfer {
    /** Kafka's producer, as a transfer sees it. */
    interface Transport {
        /** Gives one record to the producer; blocks while its buffer is full. */
        void send(ProducerRecord<byte[], byte[]> record, Callback answer);

        /** Sends incomplete batches at once, and returns when every record has its answer. */
        default void flush() {}
    }

    /**
     * Sends every record in order.
     *
     * @param whenDone called once, with null if every record is acknowledged or diverted
     */
    void start(Transport transport, Consumer<Exception> whenDone);
}
