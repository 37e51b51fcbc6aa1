package io.pickaroon.connectors.kafka.client;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * The clients that ask the brokers while a session opens. All questions go through one admin client and one consumer,
 * since a client of its own for each would have to connect, and to learn the cluster, anew. For one opening, and for
 * one thread. It sends no record.
 */
public final class OpeningClients implements AutoCloseable {
    private final ClientProperties properties;
    private final Admin admin;
    private KafkaConsumer<byte[], byte[]> committedReader;

    private OpeningClients(ClientProperties properties, Admin admin) {
        this.properties = properties;
        this.admin = admin;
    }

    /**
     * Makes the admin client; it connects when it is first asked.
     *
     * @throws org.apache.kafka.common.KafkaException if it cannot be made with these properties
     */
    public static OpeningClients of(ClientProperties properties) {
        return new OpeningClients(properties, Admin.create(properties.admin()));
    }

    /**
     * Like the other method, for brokers that may not be there.
     *
     * @param requestTimeoutMillis after which another broker is asked, or the same one over another connection
     */
    public static OpeningClients of(ClientProperties properties, int requestTimeoutMillis) {
        Map<String, Object> impatient = properties.admin();
        impatient.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, requestTimeoutMillis);
        return new OpeningClients(properties, Admin.create(impatient));
    }

    public Admin admin() {
        return admin;
    }

    /**
     * The consumer that sees committed records only. It is made at the first call.
     *
     * @throws org.apache.kafka.common.KafkaException if it cannot be made with these properties
     */
    public KafkaConsumer<byte[], byte[]> committedReader() {
        if (committedReader == null) {
            committedReader = new KafkaConsumer<>(properties.committedReader());
        }
        return committedReader;
    }

    /** Waits for no answer. */
    @Override
    public void close() {
        try {
            if (committedReader != null) {
                committedReader.close(CloseOptions.timeout(Duration.ZERO));
            }
        } finally {
            admin.close(Duration.ZERO);
        }
    }
}
