package io.pickaroon.connectors.kafka.client;

import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.processor.delivery.DeliveryException;
import org.slf4j.Logger;

/**
 * One Kafka cluster as the settings of a sink describe it. Thread-safe. Has no client and asks no broker.
 *
 * @param settings what the user gave
 * @param properties what its clients are made with
 * @param failures what its errors mean
 */
public record KafkaCluster(KafkaSinkSettings settings, ClientProperties properties, KafkaFailures failures) {
    /**
     * The cluster of these settings.
     *
     * @throws DeliveryException fatal, if Kafka does not accept one of the properties
     */
    public static KafkaCluster of(KafkaSinkSettings settings) {
        ClientProperties properties = new ClientProperties(settings);
        KafkaFailures failures = new KafkaFailures(
                settings.bootstrapServers(), properties.principal(), settings.guarantee(), properties.secrets());
        return new KafkaCluster(settings, properties, failures);
    }

    /** {@code host:port}, several separated by commas. */
    public String bootstrapServers() {
        return settings.bootstrapServers();
    }

    /** Tells the user through this log when the cluster does not answer. */
    public OutageLog outageLog(Logger log) {
        return new OutageLog(log, bootstrapServers(), settings.limits().noticeInterval(), System::nanoTime);
    }
}
