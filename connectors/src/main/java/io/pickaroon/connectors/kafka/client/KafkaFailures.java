package io.pickaroon.connectors.kafka.client;

import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.processor.delivery.DeliveryException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.InvalidRequiredAcksException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedCompressionTypeException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.protocol.Errors;

/**
 * Turns the errors of Kafka's clients into messages, and tells outages from errors that a person has to mend.
 * Thread-safe. It retries nothing.
 */
public final class KafkaFailures {
    /** The same request fails again until a person changes something. */
    private static final Set<Class<? extends KafkaException>> PERMANENT = Set.of(
            AuthenticationException.class,
            AuthorizationException.class,
            ConfigException.class,
            InvalidRequestException.class,
            InvalidRequiredAcksException.class,
            InvalidTxnTimeoutException.class,
            SecurityDisabledException.class,
            SerializationException.class,
            UnsupportedCompressionTypeException.class,
            UnsupportedForMessageFormatException.class,
            UnsupportedVersionException.class);

    private final String bootstrapServers;
    private final String principal;
    private final SecretTexts secrets;
    private volatile String instance;

    /** @param secrets appear in no message */
    public KafkaFailures(String bootstrapServers, String principal, Guarantee guarantee, SecretTexts secrets) {
        this.secrets = secrets;
        this.bootstrapServers = bootstrapServers;
        this.principal = principal;
        this.instance = guarantee instanceof ExactlyOnce exactlyOnce
                ? exactlyOnce.orders().instance().orElse("")
                : "";
    }

    /** Sets the instance name under which matches are delivered from now on. */
    public void runsAs(String name) {
        instance = name;
    }

    /** True if the brokers refuse this record for good, and may accept others. */
    public static boolean refusesRecord(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof InvalidTimestampException
                || failure instanceof InvalidRecordException
                || failure instanceof PolicyViolationException
                || refusesTopic(failure);
    }

    /**
     * True if the brokers refuse the timestamp of this record. Of several records that are refused together, the producer
     * tells the reason as text alone.
     */
    public static boolean refusesTimestamp(Throwable failure) {
        return failure instanceof InvalidTimestampException
                || failure instanceof InvalidRecordException
                        && String.valueOf(failure.getMessage())
                                .toLowerCase(Locale.ROOT)
                                .contains("timestamp");
    }

    /** True if nothing is wrong with this record, but the brokers refuse others that were sent in one batch with it. */
    public static boolean refusesOthersOfBatch(Throwable failure) {
        return failure.getClass() == KafkaException.class
                && String.valueOf(failure.getMessage()).contains("it was part of a batch which had");
    }

    /**
     * True if the failure is that of a whole batch. A producer ends all batches of a transaction with it, but gives the records
     * that are refused failures of their own before, where the brokers say what is wrong with each.
     */
    public static boolean isOfWholeBatch(Throwable failure) {
        return String.valueOf(failure.getMessage()).startsWith("One or more records have been rejected due to ");
    }

    /** Why the brokers refuse a record. */
    public static RefusalReason reason(Throwable refusal) {
        return switch (refusal) {
            case RecordTooLargeException _ -> RefusalReason.TOO_LARGE;
            case TopicAuthorizationException _ -> RefusalReason.NOT_AUTHORIZED;
            case InvalidTopicException _ -> RefusalReason.INVALID_TOPIC;
            default -> RefusalReason.REFUSED_BY_BROKER;
        };
    }

    /** True if the topic of the record is refused. */
    public static boolean refusesTopic(Throwable failure) {
        return failure instanceof TopicAuthorizationException || failure instanceof InvalidTopicException;
    }

    /** True if a retry may succeed. */
    public static boolean isOutage(Throwable failure) {
        return failure instanceof KafkaException
                && !refusesRecord(failure)
                && PERMANENT.stream().noneMatch(kind -> kind.isInstance(failure))
                // Some of its subclasses are temporary, such as too few brokers for a replication factor.
                && failure.getClass() != InvalidConfigurationException.class
                && !isFenced(failure);
    }

    /**
     * The error that the brokers answered, where the producer gives it only as text: "Unexpected error in
     * InitProducerIdResponse; ..", followed by the message of the error.
     */
    private static Throwable answered(Throwable failure) {
        String message = failure.getMessage();
        if (failure.getClass() != KafkaException.class
                || message == null
                || !message.startsWith("Unexpected error in ")) {
            return failure;
        }
        return Arrays.stream(Errors.values())
                .filter(error -> error.exception() != null && message.endsWith(error.message()))
                .findFirst()
                .<Throwable>map(Errors::exception)
                .filter(error -> !isOutage(error))
                .orElse(failure);
    }

    public DeliveryException toDeliveryException(Throwable failure) {
        Throwable cause = answered(unwrap(failure));
        if (cause instanceof DeliveryException delivery) {
            return delivery;
        }
        String message = "Kafka at %s: %s".formatted(bootstrapServers, describe(cause));
        Throwable shown = secrets.shown(cause);
        return isOutage(cause) ? DeliveryException.retryable(message, shown) : DeliveryException.fatal(message, shown);
    }

    /**
     * For a failure of a transaction, or of the steps before the first one.
     *
     * @param overdue whether it took longer than the brokers allow: then the brokers end it, and the producer looks as
     *     if another one had taken over
     */
    public DeliveryException ofTransaction(Throwable failure, boolean overdue) {
        Throwable cause = withoutWrappers(failure);
        if (overdue && isFenced(cause)) {
            return DeliveryException.retryable(
                    "Kafka at %s: a transaction took longer than transaction.timeout.ms, and the brokers aborted it"
                            .formatted(bootstrapServers),
                    cause);
        }
        return toDeliveryException(cause);
    }

    /** The producer wraps the error that ended a transaction once for each later call. */
    private static Throwable withoutWrappers(Throwable failure) {
        Throwable cause = failure;
        while (cause.getClass() == KafkaException.class && cause.getCause() instanceof KafkaException inner) {
            cause = inner;
        }
        return cause;
    }

    /** For a client that cannot be created. */
    public DeliveryException toConstructionFailure(KafkaException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return DeliveryException.fatal(
                "Kafka at %s: no client can be made from these settings: %s; check output.kafka"
                        .formatted(bootstrapServers, reasonOf(root)),
                secrets.shown(failure));
    }

    /** The message of a class that is missing, such as in a plug-in, is its name alone. */
    private String reasonOf(Throwable root) {
        return root instanceof LinkageError || root instanceof ClassNotFoundException
                ? root.getClass().getSimpleName() + ": " + messageOf(root)
                : messageOf(root);
    }

    private String describe(Throwable cause) {
        return switch (cause) {
            case TopicAuthorizationException e -> topicNotPermitted(String.join(", ", e.unauthorizedTopics()));
            case ClusterAuthorizationException _ ->
                "%s may not use this cluster (%s); grant IdempotentWrite on it".formatted(principal, messageOf(cause));
            case TransactionalIdAuthorizationException _ -> transactionsNotPermitted();
            case AuthorizationException _ -> "%s is not permitted: %s".formatted(principal, messageOf(cause));
            case InvalidTxnTimeoutException _ ->
                "transaction.timeout.ms, 30000 if none is given, is longer than the brokers allow"
                        + " (transaction.max.timeout.ms); make it shorter in output.kafka.properties";
            case AuthenticationException _ ->
                "authentication of %s failed: %s; check security.protocol, sasl.* and ssl.* in output.kafka.properties"
                        .formatted(principal, messageOf(cause));
            case UnsupportedCompressionTypeException _ ->
                "the brokers do not take the compression.type of output.kafka.properties, lz4 if none is given: %s"
                        .formatted(messageOf(cause));
            case UnsupportedForMessageFormatException _ ->
                "a topic has a message format from before Kafka 0.11, without headers and transactions: %s"
                        .formatted(messageOf(cause));
            case UnsupportedVersionException _ ->
                "the brokers are too old for this client: %s".formatted(messageOf(cause));
            case KafkaException _ when isFenced(cause) -> takenOver();
            case KafkaException _
            when isOutage(cause) -> "records were not acknowledged: %s".formatted(messageOf(cause));
            case InvalidConfigurationException _, InvalidRequestException _ ->
                "the brokers refuse what output.kafka.properties or their own configuration ask for: %s"
                        .formatted(messageOf(cause));
            case KafkaException _ -> messageOf(cause);
            default -> "sending failed: " + secrets.shown(String.valueOf(cause));
        };
    }

    /** The message of a library, without secrets. */
    public String messageOf(Throwable failure) {
        return secrets.shown(failure.getMessage());
    }

    public String topicNotPermitted(String topic) {
        return ("%s may not write to topic %s; grant it with kafka-acls.sh --bootstrap-server %s --add"
                        + " --allow-principal '%s' --operation Write --operation Describe --topic '%s'")
                .formatted(principal, topic, bootstrapServers, principal, topic);
    }

    public String topicNotCreated(String topic) {
        return ("%s may not create topic %s; grant it with kafka-acls.sh --bootstrap-server %s --add --allow-principal"
            + " '%s' --operation Create --topic '%s', or have the topic created and remove output.kafka.createTopics")
                .formatted(principal, topic, bootstrapServers, principal, topic);
    }

    /** For a positions topic that may not be read or written. */
    public String positionsNotPermitted(String topic) {
        return ("%s may not use topic %s, which holds positions; grant it with kafka-acls.sh --bootstrap-server %s"
            + " --add --allow-principal '%s' --operation Read --operation Write --operation Describe --topic '%s'")
                .formatted(principal, topic, bootstrapServers, principal, topic);
    }

    private String transactionsNotPermitted() {
        return ("%s may not use transactional.id %s; grant it with kafka-acls.sh --bootstrap-server %s --add"
                        + " --allow-principal '%s' --operation Write --operation Describe --transactional-id '%s'"
                        + " --resource-pattern-type prefixed, or set output.kafka.delivery: at-least-once")
                .formatted(
                        principal,
                        ExactlyOnce.transactionalId(instance),
                        bootstrapServers,
                        principal,
                        ExactlyOnce.TRANSACTIONAL_ID_PREFIX);
    }

    private String takenOver() {
        return ("another process has taken over instance '%s' (transactional.id %s), or its positions were removed"
            + " (positions forget); this process stops. The other one, or the next start, delivers what was not"
            + " committed. Run only one of them, or give each its own checkpoint and 'instance'")
                .formatted(instance, ExactlyOnce.transactionalId(instance));
    }

    static Throwable unwrap(Throwable failure) {
        return failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static boolean isFenced(Throwable failure) {
        return failure instanceof ProducerFencedException || failure instanceof InvalidProducerEpochException;
    }
}
