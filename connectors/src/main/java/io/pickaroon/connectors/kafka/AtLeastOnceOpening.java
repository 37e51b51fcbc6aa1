package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.records.TopicRoutes;
import io.pickaroon.connectors.kafka.send.AtLeastOnceSender;
import io.pickaroon.connectors.kafka.send.Sender;
import io.pickaroon.connectors.kafka.send.SessionResources;
import io.pickaroon.connectors.kafka.send.WindowProducer;
import io.pickaroon.connectors.kafka.topics.Preflight;
import java.time.Duration;
import java.util.Map;

/** At least once: there is no name to claim and no position to read. */
record AtLeastOnceOpening(KafkaCluster cluster) implements SessionOpening {
    @Override
    public Map<String, Object> producerProperties(Preflight.Answer answer, TopicRoutes routes) {
        return cluster.properties().producer(routes.smallestLimitBytes());
    }

    @Override
    public Sender sender(WindowProducer producer, SessionResources resources) {
        return new AtLeastOnceSender(cluster.settings().limits(), resources);
    }

    @Override
    public Duration abandonedCloseLimit() {
        return Duration.ZERO;
    }
}
