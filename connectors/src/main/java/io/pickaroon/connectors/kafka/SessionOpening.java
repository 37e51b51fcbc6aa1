package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.records.TopicRoutes;
import io.pickaroon.connectors.kafka.send.Sender;
import io.pickaroon.connectors.kafka.send.SessionResources;
import io.pickaroon.connectors.kafka.send.WindowProducer;
import io.pickaroon.connectors.kafka.topics.Preflight;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * What a delivery guarantee does before a session asks for windows: first the properties of the producer, then, with
 * the producer, the sender. For one session. Blocks; interrupting the thread ends it.
 */
sealed interface SessionOpening permits AtLeastOnceOpening, ExactlyOnceOpening {
    /**
     * What the session's producer is made with.
     *
     * @param answer what the brokers say about each topic that is written to; stays open until the sender is made
     */
    Map<String, Object> producerProperties(Preflight.Answer answer, TopicRoutes routes)
            throws ExecutionException, InterruptedException;

    /**
     * What windows are sent through.
     *
     * @param producer made with these properties; has not sent anything yet
     */
    Sender sender(WindowProducer producer, SessionResources resources) throws ExecutionException, InterruptedException;

    /** How long closing the producer takes at most when the session was abandoned. */
    Duration abandonedCloseLimit();
}
