package io.pickaroon.connectors.kafka.send;

import io.pickaroon.connectors.kafka.client.KafkaFailures;
import reactor.core.scheduler.Scheduler;
import reactor.kafka.sender.KafkaSender;

/**
 * What the windows of one session are sent with. The session owns all of it and closes what needs closing.
 *
 * @param sender over a {@link WindowProducer}
 * @param acknowledging the thread on which acknowledgements come
 * @param preparation makes the records of windows
 * @param deadLetters where refused matches go
 * @param failures what errors of the cluster mean
 * @param inFlight counts what is being sent and what is acknowledged
 */
public record SessionResources(
        KafkaSender<byte[], byte[]> sender,
        Scheduler acknowledging,
        RecordPreparation preparation,
        DeadLetterBox deadLetters,
        KafkaFailures failures,
        InFlightCounters inFlight) {}
