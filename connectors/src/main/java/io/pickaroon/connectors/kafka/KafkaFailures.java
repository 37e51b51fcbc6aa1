package io.pickaroon.connectors.kafka;

import io.pickaroon.processor.delivery.DeliveryException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Tells outages from what somebody has to change, and says both in words that name what and where. */
final class KafkaFailures {
    private final String bootstrapServers;
    private final String principal;

    KafkaFailures(String bootstrapServers, String principal) {
        this.bootstrapServers = bootstrapServers;
        this.principal = principal;
    }

    /** True if the brokers will refuse this one record however often it is sent, and may well take others. */
    static boolean refusesRecord(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof InvalidRecordException
                || failure instanceof PolicyViolationException
                || refusesTopic(failure);
    }

    /** True if it is the topic of the record that is refused. */
    static boolean refusesTopic(Throwable failure) {
        return failure instanceof TopicAuthorizationException || failure instanceof InvalidTopicException;
    }

    /** True if trying again may help. */
    static boolean isOutage(Throwable failure) {
        return failure instanceof KafkaException
                && !refusesRecord(failure)
                && !(failure instanceof AuthenticationException)
                && !(failure instanceof ClusterAuthorizationException)
                && !(failure instanceof ConfigException)
                && !(failure instanceof UnsupportedVersionException)
                && !(failure instanceof UnsupportedForMessageFormatException)
                && !(failure instanceof SerializationException)
                && !isFenced(failure);
    }

    DeliveryException toDeliveryException(Throwable failure) {
        Throwable cause = unwrap(failure);
        if (cause instanceof DeliveryException delivery) {
            return delivery;
        }
        String message = "Kafka at %s: %s".formatted(bootstrapServers, describe(cause));
        return isOutage(cause) ? DeliveryException.retryable(message, cause) : DeliveryException.fatal(message, cause);
    }

    /** A client could not even be made. */
    DeliveryException toConstructionFailure(KafkaException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return DeliveryException.fatal(
                "Kafka at %s: no client can be made from these settings: %s; check output.kafka"
                        .formatted(bootstrapServers, root.getMessage()),
                failure);
    }

    private String describe(Throwable cause) {
        return switch (cause) {
            case TopicAuthorizationException e -> topicNotPermitted(String.join(", ", e.unauthorizedTopics()));
            case ClusterAuthorizationException _ ->
                "%s may not use this cluster (%s); grant IdempotentWrite on it"
                        .formatted(principal, cause.getMessage());
            case AuthenticationException _ ->
                "authentication of %s failed: %s; check security.protocol, sasl.* and ssl.* in output.kafka.properties"
                        .formatted(principal, cause.getMessage());
            case UnsupportedVersionException _ ->
                "the brokers are too old for this client: %s".formatted(cause.getMessage());
            case KafkaException _
            when isFenced(cause) ->
                "another producer has taken over with the same transactional.id; run one instance at a time";
            case KafkaException _
            when isOutage(cause) -> "records were not acknowledged: %s".formatted(cause.getMessage());
            case KafkaException _ -> cause.getMessage();
            default -> "sending failed: " + cause;
        };
    }

    String topicNotPermitted(String topic) {
        return ("%s may not write to topic %s; grant it with kafka-acls.sh --bootstrap-server %s --add"
                        + " --allow-principal '%s' --operation Write --operation Describe --topic '%s'")
                .formatted(principal, topic, bootstrapServers, principal, topic);
    }

    static Throwable unwrap(Throwable failure) {
        return failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static boolean isFenced(Throwable failure) {
        return failure instanceof ProducerFencedException || failure instanceof InvalidProducerEpochException;
    }
}
