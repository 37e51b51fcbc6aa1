package io.pickaroon.connectors.kafka.topics;

import io.pickaroon.connectors.kafka.client.KafkaCluster;
import io.pickaroon.connectors.kafka.client.KafkaFailures;
import io.pickaroon.connectors.kafka.client.OpeningClients;
import io.pickaroon.connectors.kafka.client.RefusalReason;
import io.pickaroon.processor.delivery.DeliveryException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the topics that records name, for one session: what {@link TopicDirectory} does not know, it asks the brokers, at
 * most once a second and for all topics at once. Creates topics as {@code output.kafka.createTopics} says. One lookup at a
 * time; {@link #close} may come from any thread.
 */
public final class TopicLookup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicLookup.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration OUTAGE_PAUSE = Duration.ofSeconds(1);
    private static final Duration NEW_TOPIC_LIMIT = Duration.ofSeconds(5);
    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;
    /** Kafka's own limit. */
    private static final int MAX_NAME_LENGTH = 249;
    /** More names at once are bad data: those beyond are refused unasked. */
    private static final int MAX_ASKED = 10_000;

    private final KafkaCluster cluster;
    private final TopicDirectory directory;
    private final Optional<TopicCreation> creation;
    private Optional<OpeningClients> clients = Optional.empty();
    private boolean closed;
    private long lastAskedNanos = System.nanoTime() - TopicDirectory.ANSWER_HOLDS.toNanos();

    public TopicLookup(KafkaCluster cluster, TopicDirectory directory) {
        this.cluster = cluster;
        this.directory = directory;
        this.creation = cluster.settings().topics().created().map(created -> new TopicCreation(cluster, created));
    }

    public TopicDirectory directory() {
        return directory;
    }

    /** The answers for these names, if the brokers need not be asked. Does not block. */
    public Optional<Map<String, TopicAnswer>> known(Set<String> names) {
        return directory.answers(names);
    }

    /**
     * The answers for these names. Blocks until the brokers have answered, however long that takes; interrupting the thread
     * ends it.
     *
     * @throws DeliveryException if the brokers refuse to answer
     */
    public Map<String, TopicAnswer> find(Set<String> names) throws InterruptedException {
        Map<String, TopicAnswer> answers = new HashMap<>();
        Set<String> asked = askable(directory.unanswered(names, answers), answers);
        while (!asked.isEmpty()) {
            try {
                awaitTurn();
                ask(admin(), asked, answers);
                return answers;
            } catch (ExecutionException e) {
                requireOutage(e.getCause());
            } catch (KafkaException e) {
                requireOutage(e);
            }
            Thread.sleep(OUTAGE_PAUSE);
        }
        return answers;
    }

    private void requireOutage(Throwable failure) {
        if (!KafkaFailures.isOutage(failure)) {
            throw cluster.failures().toDeliveryException(failure);
        }
        LOG.debug("Kafka at {} does not say which topics it has", cluster.bootstrapServers(), failure);
    }

    private Set<String> askable(Set<String> names, Map<String, TopicAnswer> answers) {
        Set<String> askable = new LinkedHashSet<>();
        for (String name : names) {
            if (name.length() > MAX_NAME_LENGTH) {
                answers.put(
                        name,
                        new TopicAnswer.Refused(
                                RefusalReason.INVALID_TOPIC,
                                "a topic's name has at most %d characters, and '%s..' has %d"
                                        .formatted(
                                                MAX_NAME_LENGTH, name.substring(0, MAX_NAME_LENGTH), name.length())));
            } else if (askable.size() == MAX_ASKED) {
                answers.put(
                        name,
                        new TopicAnswer.Refused(
                                RefusalReason.UNKNOWN_TOPIC,
                                "topic '%s' is not known, and one of more than %,d that are named at once"
                                        .formatted(name, MAX_ASKED)));
            } else {
                askable.add(name);
            }
        }
        return askable;
    }

    private void awaitTurn() throws InterruptedException {
        long leftNanos = lastAskedNanos + TopicDirectory.ANSWER_HOLDS.toNanos() - System.nanoTime();
        if (leftNanos > 0) {
            Thread.sleep(Duration.ofNanos(leftNanos));
        }
        lastAskedNanos = System.nanoTime();
    }

    private Admin admin() throws InterruptedException {
        synchronized (this) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("the session is cancelled");
            }
            if (closed) {
                throw DeliveryException.retryable("the session is closed", null);
            }
            if (clients.isEmpty()) {
                clients = Optional.of(OpeningClients.of(cluster.properties(), REQUEST_TIMEOUT_MILLIS));
            }
            return clients.get().admin();
        }
    }

    private void ask(Admin admin, Set<String> names, Map<String, TopicAnswer> answers)
            throws ExecutionException, InterruptedException {
        TopicQuestions.Answers said = TopicQuestions.ask(admin, names);
        said.facts().forEach((name, facts) -> answers.put(name, directory.found(name, facts)));
        Set<String> missing = new LinkedHashSet<>();
        for (String name : names) {
            Throwable why = said.refused().get(name);
            if (why instanceof UnknownTopicOrPartitionException && creation.isPresent()) {
                missing.add(name);
            } else if (why != null) {
                answers.put(name, directory.refused(name, refused(name, why)));
            }
        }
        if (!missing.isEmpty()) {
            create(admin, missing, answers);
        }
    }

    private void create(Admin admin, Set<String> missing, Map<String, TopicAnswer> answers)
            throws ExecutionException, InterruptedException {
        Set<String> created = new LinkedHashSet<>();
        int room = directory.room();
        for (String name : missing) {
            if (created.size() < room) {
                created.add(name);
            } else {
                answers.put(name, directory.tooMany(name));
            }
        }
        creation.orElseThrow().create(admin, created).forEach((name, why) -> {
            created.remove(name);
            answers.put(name, directory.refused(name, notCreated(name, why)));
        });
        awaitCreated(admin, created, answers);
    }

    private void awaitCreated(Admin admin, Set<String> created, Map<String, TopicAnswer> answers)
            throws ExecutionException, InterruptedException {
        long startNanos = System.nanoTime();
        Set<String> awaited = new LinkedHashSet<>(created);
        while (!awaited.isEmpty()) {
            TopicQuestions.Answers said = TopicQuestions.ask(admin, awaited);
            said.facts().forEach((name, facts) -> answers.put(name, directory.found(name, facts)));
            awaited.removeAll(said.facts().keySet());
            if (System.nanoTime() - startNanos > NEW_TOPIC_LIMIT.toNanos()) {
                awaited.forEach(name -> answers.put(
                        name,
                        directory.refused(name, refused(name, said.refused().get(name)))));
                return;
            }
            if (!awaited.isEmpty()) {
                Thread.sleep(PAUSE);
            }
        }
    }

    private TopicAnswer.Refused refused(String name, Throwable why) {
        return switch (why) {
            case AuthorizationException _ ->
                new TopicAnswer.Refused(
                        RefusalReason.NOT_AUTHORIZED, cluster.failures().topicNotPermitted(name));
            case UnknownTopicOrPartitionException _ ->
                new TopicAnswer.Refused(RefusalReason.UNKNOWN_TOPIC, "topic '%s' does not exist".formatted(name));
            default ->
                new TopicAnswer.Refused(
                        RefusalReason.INVALID_TOPIC,
                        "topic '%s' cannot be written to: %s"
                                .formatted(name, cluster.failures().messageOf(why)));
        };
    }

    private TopicAnswer.Refused notCreated(String name, Throwable why) {
        return why instanceof AuthorizationException
                ? new TopicAnswer.Refused(
                        RefusalReason.NOT_AUTHORIZED, cluster.failures().topicNotCreated(name))
                : new TopicAnswer.Refused(
                        RefusalReason.UNKNOWN_TOPIC,
                        "topic '%s' does not exist, and the brokers do not create it: %s"
                                .formatted(name, cluster.failures().messageOf(why)));
    }

    /** Waits for no answer; a lookup that runs ends. */
    @Override
    public void close() {
        Optional<OpeningClients> open;
        synchronized (this) {
            closed = true;
            open = clients;
            clients = Optional.empty();
        }
        open.ifPresent(OpeningClients::close);
    }
}
