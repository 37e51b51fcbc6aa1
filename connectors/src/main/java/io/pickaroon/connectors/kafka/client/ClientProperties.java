package io.pickaroon.connectors.kafka.client;

import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.settings.KafkaSinkSettings;
import io.pickaroon.processor.delivery.DeliveryException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Settings of Kafka's clients: defaults that suit whole windows, then the user's, then what the delivery guarantee
 * needs.
 *
 * <p>Fixed are {@code acks=all}, {@code enable.idempotence=true} and the serializers; {@code transactional.id} is
 * derived from the instance name. {@code max.block.ms} equals {@code delivery.timeout.ms} unless it is given: a send
 * then waits for an unreachable broker as long as the records in flight do. Immutable.
 */
public final class ClientProperties {
    private static final Map<String, Object> DEFAULTS = Map.of(
            ProducerConfig.CLIENT_ID_CONFIG,
            "pickaroon",
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.BATCH_SIZE_CONFIG,
            256 * 1024,
            ProducerConfig.LINGER_MS_CONFIG,
            5,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            32L * 1024 * 1024,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            4 * 1024 * 1024,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            120_000,
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            30_000,
            ProducerConfig.ENABLE_METRICS_PUSH_CONFIG,
            false,
            // A transactional producer waits for it at each start: it counts the time in which it learns its
            // coordinator.
            ProducerConfig.RETRY_BACKOFF_MS_CONFIG,
            20L);
    private static final Map<String, String> FIXED =
            Map.of(ProducerConfig.ACKS_CONFIG, "all", ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");

    private final Map<String, Object> properties;
    private final ProducerConfig producer;
    private final SecretTexts secrets;
    private final Map<String, String> written;

    /**
     * @throws DeliveryException fatal, if a property has a value that Kafka does not accept, or is not the user's to
     *     set
     */
    public ClientProperties(KafkaSinkSettings settings) {
        Map<String, String> given = settings.properties().values();
        given.forEach(ClientProperties::requireSettable);
        written = settings.properties().written();
        secrets = SecretTexts.of(given, written);
        properties = withDefaults(given, settings.guarantee());
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        try {
            producer = new ProducerConfig(properties);
            new AdminClientConfig(admin());
        } catch (ConfigException e) {
            throw DeliveryException.fatal("output.kafka: " + secrets.shown(e.getMessage()), secrets.shown(e));
        }
    }

    static Map<String, Object> withDefaults(Map<String, String> given, Guarantee guarantee) {
        Map<String, Object> all = new HashMap<>(DEFAULTS);
        all.putAll(given);
        all.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, all.get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG));
        all.putAll(FIXED);
        if (guarantee instanceof ExactlyOnce) {
            // Completed with the name when that is known.
            all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, ExactlyOnce.TRANSACTIONAL_ID_PREFIX);
        }
        all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return all;
    }

    /** The secrets that no message may hold. */
    public SecretTexts secrets() {
        return secrets;
    }

    /**
     * For a producer.
     *
     * @param smallestTopicLimitBytes batches stay below this, so that no broker rejects one to have it split
     */
    public Map<String, Object> producer(int smallestTopicLimitBytes) {
        Map<String, Object> copy = new HashMap<>(properties);
        int batchBytes = producer.getInt(ProducerConfig.BATCH_SIZE_CONFIG);
        copy.put(ProducerConfig.BATCH_SIZE_CONFIG, Math.min(batchBytes, smallestTopicLimitBytes));
        return copy;
    }

    /** For a producer that delivers under a name. */
    public Map<String, Object> producer(int smallestTopicLimitBytes, String name) {
        Map<String, Object> copy = producer(smallestTopicLimitBytes);
        copy.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, ExactlyOnce.transactionalId(name));
        return copy;
    }

    /** For an admin client: the same without what only a producer understands. */
    public Map<String, Object> admin() {
        return withoutProducerOnly(AdminClientConfig.configNames());
    }

    /** For a consumer without a group that sees committed records only. */
    public Map<String, Object> committedReader() {
        Map<String, Object> copy = withoutProducerOnly(ConsumerConfig.configNames());
        copy.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
        copy.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        copy.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        copy.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // A fetch at the end of a topic is answered after this time, and closing waits for the answer.
        copy.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        copy.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        copy.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return copy;
    }

    /** For a consumer without a group that sees what is written, committed or not. */
    public Map<String, Object> reader() {
        Map<String, Object> copy = committedReader();
        copy.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        return copy;
    }

    private Map<String, Object> withoutProducerOnly(Set<String> names) {
        Map<String, Object> copy = new HashMap<>(properties);
        copy.keySet().removeIf(name -> ProducerConfig.configNames().contains(name) && !names.contains(name));
        // A client that lives for a moment needs no JMX, which takes time to set up.
        copy.putIfAbsent(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        return copy;
    }

    /** How long the brokers leave a transaction open whose producer is silent. */
    public Duration transactionTimeout() {
        return Duration.ofMillis(producer.getInt(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG));
    }

    /** The largest record that the producer takes, in bytes before compression. */
    public int maxRecordBytes() {
        long bufferBytes = producer.getLong(ProducerConfig.BUFFER_MEMORY_CONFIG);
        return (int) Math.min(producer.getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), bufferBytes);
    }

    public boolean compresses() {
        return !"none".equals(producer.getString(ProducerConfig.COMPRESSION_TYPE_CONFIG));
    }

    /** The principal that the brokers see, as far as the settings tell. */
    public String principal() {
        Optional<String> login = shown(SaslConfigs.SASL_JAAS_CONFIG);
        if (login.isPresent()) {
            return login.flatMap(text -> LoginText.of(text).username())
                    .map(username -> "User:" + username)
                    .orElse("the user of sasl.jaas.config");
        }
        return shown(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG)
                .map(keystore -> "the certificate in " + keystore)
                .orElse("User:ANONYMOUS");
    }

    private Optional<String> shown(String name) {
        return Optional.ofNullable(written.get(name))
                .or(() -> Optional.ofNullable(properties.get(name)).map(Object::toString));
    }

    private static void requireSettable(String name, String value) {
        String fixed = FIXED.get(name);
        boolean sameAsFixed = value.equals(fixed) || name.equals(ProducerConfig.ACKS_CONFIG) && value.equals("-1");
        boolean ours = switch (name) {
            case ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                    ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                    ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG -> true;
            default -> fixed != null && !sameAsFixed;
        };
        if (ours) {
            throw DeliveryException.fatal(
                    "output.kafka.properties: %s is set by Pickaroon itself; remove it".formatted(name), null);
        }
    }
}
