package io.pickaroon.connectors.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.connectors.kafka.settings.Guarantee;
import io.pickaroon.connectors.kafka.settings.Orders;
import io.pickaroon.processor.delivery.DeliveryException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.InvalidRequiredAcksException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedCompressionTypeException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaFailuresTest {
    private final KafkaFailures failures = new KafkaFailures(
            "kafka:9092",
            "User:shop",
            new Guarantee.ExactlyOnce(Orders.named(Optional.of("shop-1"))),
            SecretTexts.NONE);

    static Stream<KafkaException> outages() {
        return Stream.of(
                new TimeoutException("120000 ms has passed"),
                new DisconnectException("gone"),
                new NotEnoughReplicasException("one of two"),
                new OutOfOrderSequenceException("gap"),
                new InvalidReplicationFactorException("one of three is there"),
                new KafkaException(
                        "Unexpected error in InitProducerIdResponse; " + Errors.COORDINATOR_LOAD_IN_PROGRESS.message()),
                new KafkaException("the producer is closed"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void outagesAreRetryable(KafkaException outage) {
        DeliveryException delivery = failures.toDeliveryException(new ExecutionException(outage));
        assertThat(delivery.isRetryable()).isTrue();
        assertThat(delivery).hasMessageContainingAll("kafka:9092", outage.getMessage());
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        new TopicAuthorizationException(Set.of("errors")), "User:shop may not write to topic errors"),
                Arguments.of(new ClusterAuthorizationException("denied"), "IdempotentWrite"),
                Arguments.of(new SaslAuthenticationException("wrong password"), "sasl.*"),
                Arguments.of(new UnsupportedVersionException("too old"), "too old for this client"),
                Arguments.of(
                        new ProducerFencedException("fenced"),
                        "taken over instance 'shop-1' (transactional.id pickaroon-shop-1), or its positions were"
                                + " removed"),
                Arguments.of(
                        new TransactionalIdAuthorizationException("denied"),
                        "--transactional-id 'pickaroon-' --resource-pattern-type prefixed"),
                Arguments.of(new GroupAuthorizationException("denied"), "User:shop is not permitted"),
                Arguments.of(new InvalidTxnTimeoutException("too long"), "transaction.max.timeout.ms"),
                Arguments.of(new UnsupportedCompressionTypeException("no zstd"), "compression.type"),
                Arguments.of(new UnsupportedForMessageFormatException("v1"), "message format"),
                Arguments.of(new InvalidRequiredAcksException("acks"), "output.kafka.properties"),
                Arguments.of(new InvalidRequestException("what"), "what"),
                Arguments.of(new InvalidConfigurationException("not so"), "not so"),
                Arguments.of(new IllegalStateException("broken"), "broken"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatSomebodyHasToChangeIsFatalAndSaysWhat(RuntimeException fault, String words) {
        DeliveryException delivery = failures.toDeliveryException(fault);
        assertThat(delivery.isRetryable()).isFalse();
        assertThat(delivery).hasMessageContainingAll("kafka:9092", words).hasCause(fault);
    }

    @Test
    void anErrorThatTheProducerTellsInWordsAloneIsKnown() {
        assertThat(failures.ofTransaction(
                        new KafkaException("Unexpected error in InitProducerIdResponse; "
                                + Errors.INVALID_TRANSACTION_TIMEOUT.message()),
                        false))
                .hasMessageContaining("transaction.timeout.ms")
                .extracting(DeliveryException::isRetryable)
                .isEqualTo(false);
    }

    @Test
    void aTransactionThatTheBrokersEndedForItsLengthIsRetryable() {
        KafkaException wrapped = new KafkaException("in an error state", new InvalidProducerEpochException("old"));
        assertThat(failures.ofTransaction(wrapped, true))
                .hasMessageContaining("transaction.timeout.ms")
                .extracting(DeliveryException::isRetryable)
                .isEqualTo(true);
        assertThat(failures.ofTransaction(wrapped, false))
                .hasMessageContaining("instance 'shop-1'")
                .extracting(DeliveryException::isRetryable)
                .isEqualTo(false);
    }

    @Test
    void whatSpoiledATransactionIsSaidInsteadOfItsConsequence() {
        KafkaException wrapped = new KafkaException(
                "in an error state", new KafkaException("again", new TopicAuthorizationException(Set.of("errors"))));
        assertThat(failures.ofTransaction(wrapped, true))
                .hasMessageContaining("may not write to topic errors")
                .extracting(DeliveryException::isRetryable)
                .isEqualTo(false);
    }

    @Test
    void aDeliveryExceptionStaysWhatItIs() {
        DeliveryException fatal = DeliveryException.fatal("the disk is full", null);
        assertThat(failures.toDeliveryException(fatal)).isSameAs(fatal);
    }
}
