package io.pickaroon.connectors.kafka;

import io.pickaroon.connectors.kafka.claim.Verdict.GoOn;
import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.positions.PositionUpdates;
import io.pickaroon.connectors.kafka.positions.PositionsTopic;
import io.pickaroon.connectors.kafka.records.TopicRoutes;
import io.pickaroon.connectors.kafka.send.ExactlyOnceSender;
import io.pickaroon.connectors.kafka.send.Sender;
import io.pickaroon.connectors.kafka.send.SessionResources;
import io.pickaroon.connectors.kafka.send.WindowProducer;
import io.pickaroon.connectors.kafka.settings.Guarantee.ExactlyOnce;
import io.pickaroon.connectors.kafka.start.ClaimMemory;
import io.pickaroon.connectors.kafka.start.SessionStart;
import io.pickaroon.connectors.kafka.start.Takeover;
import io.pickaroon.connectors.kafka.topics.Preflight;
import io.pickaroon.connectors.kafka.topics.TopicDirectory;
import io.pickaroon.connectors.kafka.topics.TopicFacts;
import io.pickaroon.connectors.kafka.topics.TopicQuestions;
import io.pickaroon.processor.delivery.DeliveringRun;
import io.pickaroon.processor.delivery.LatencyHistogram;
import io.pickaroon.processor.file.FileIdentity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/** Exactly once: the session decides on its instance name, takes it over, and continues from the positions under it. */
final class ExactlyOnceOpening implements SessionOpening {
    /** How long aborting the transaction may take. The brokers wait for its timeout if they are not told. */
    private static final Duration ABORT_LIMIT = Duration.ofSeconds(2);

    /**
     * What the sessions of one sink have in common.
     *
     * @param run the run that the sink delivers for
     * @param transactions counts how long each transaction took
     * @param forgottenInodes as in {@link PositionUpdates}
     */
    record Shared(
            ExactlyOnce guarantee,
            PositionsTopic topic,
            DeliveringRun run,
            ClaimMemory memory,
            LatencyHistogram transactions,
            Set<FileIdentity> forgottenInodes) {}

    /** What the first half of the opening leaves for the second. */
    private record Decided(SessionStart start, GoOn goOn) {}

    private final KafkaCluster cluster;
    private final TopicDirectory directory;
    private final Shared shared;
    private Decided decided;

    ExactlyOnceOpening(KafkaCluster cluster, TopicDirectory directory, Shared shared) {
        this.cluster = cluster;
        this.directory = directory;
        this.shared = shared;
    }

    @Override
    public Map<String, Object> producerProperties(Preflight.Answer answer, TopicRoutes routes)
            throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = partitions(answer.topics());
        partitions.add(shared.topic().partition());
        Takeover takeover = new Takeover(cluster, answer.clients(), partitions);
        SessionStart start =
                new SessionStart(shared.guarantee(), shared.topic(), shared.run(), shared.memory(), takeover);
        SessionStart.Beginning beginning = start.decide();
        GoOn goOn = beginning.goOn();
        decided = new Decided(start, goOn);
        cluster.failures().runsAs(goOn.name());
        Set<String> named = new HashSet<>(beginning.topics());
        named.addAll(directory.topics().keySet());
        named.removeAll(answer.topics().keySet());
        Map<String, TopicFacts> existing =
                TopicQuestions.existing(answer.clients().admin(), named);
        takeover.writesTo(partitions(existing));
        int smallestLimitBytes =
                Math.min(routes.smallestLimitBytes(), TopicRoutes.smallestLimitBytes(existing.values()));
        return cluster.properties().producer(smallestLimitBytes, goOn.name());
    }

    private static List<TopicPartition> partitions(Map<String, TopicFacts> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        topics.forEach((topic, facts) -> IntStream.range(0, facts.partitions())
                .forEach(number -> partitions.add(new TopicPartition(topic, number))));
        return partitions;
    }

    @Override
    public Sender sender(WindowProducer producer, SessionResources resources)
            throws ExecutionException, InterruptedException {
        SessionStart.Started started = decided.start()
                .begin(producer, decided.goOn(), directory.topics().keySet());
        PositionUpdates updates = new PositionUpdates(
                started.records(),
                started.renewal(),
                started.positions(),
                started.passing(),
                shared.forgottenInodes(),
                shared.run()::resets);
        return new ExactlyOnceSender(
                shared.guarantee(),
                cluster.properties().transactionTimeout(),
                resources,
                updates,
                shared.transactions(),
                InstantSource.system());
    }

    @Override
    public Duration abandonedCloseLimit() {
        return ABORT_LIMIT;
    }
}
