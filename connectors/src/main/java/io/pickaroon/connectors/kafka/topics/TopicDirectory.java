package io.pickaroon.connectors.kafka.topics;

import io.pickaroon.connectors.kafka.client.RefusalReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;

/**
 * What a sink knows about the topics that its records name: those that exist, a bounded number, and for a second the
 * latest of those that do not. All sessions of a sink share one. Thread-safe.
 */
public final class TopicDirectory {
    /** After it the brokers are asked again about a topic that they do not have. */
    static final Duration ANSWER_HOLDS = Duration.ofSeconds(1);
    /** A topic that was not written to for this long gives its place to another. */
    private static final Duration UNUSED = Duration.ofDays(1);
    /** Names that do not exist; more of them are forgotten, and asked for again. */
    private static final int MAX_REFUSED = 1_000;

    private static final class Known {
        private TopicFacts facts;
        private long usedNanos;
    }

    private record Refused(TopicAnswer.Refused answer, long answeredNanos) {}

    private final int maxTopics;
    private final Set<String> reserved;
    private final LongSupplier nanoTime;
    private final Map<String, Known> known = new HashMap<>();
    private final Map<String, Refused> refused = new LinkedHashMap<>();

    /**
     * An empty one.
     *
     * @param maxTopics most topics that records may name, at least 1
     * @param reserved topics that are not for records
     * @param nanoTime what time it is
     */
    public TopicDirectory(int maxTopics, Set<String> reserved, LongSupplier nanoTime) {
        this.maxTopics = maxTopics;
        this.reserved = Set.copyOf(reserved);
        this.nanoTime = nanoTime;
    }

    /** The topics that exist, with what is known about each. */
    public synchronized Map<String, TopicFacts> topics() {
        Map<String, TopicFacts> facts = new HashMap<>();
        known.forEach((name, topic) -> facts.put(name, topic.facts));
        return facts;
    }

    /**
     * Asks again about the topics that exist: those that are missing now were deleted. Blocks.
     *
     * @throws ExecutionException if the brokers do not answer
     */
    public void refresh(Admin admin) throws ExecutionException, InterruptedException {
        replace(TopicQuestions.existing(admin, topics().keySet()));
    }

    private synchronized void replace(Map<String, TopicFacts> present) {
        known.keySet().retainAll(present.keySet());
        known.forEach((name, topic) -> topic.facts = present.get(name));
    }

    /** What is known about a topic that a record is about to be sent to; empty if the brokers have to be asked. */
    synchronized Optional<TopicAnswer> answer(String name) {
        long now = nanoTime.getAsLong();
        Known topic = known.get(name);
        if (topic != null) {
            topic.usedNanos = now;
            return Optional.of(new TopicAnswer.Found(topic.facts));
        }
        if (reserved.contains(name)) {
            return Optional.of(new TopicAnswer.Refused(
                    RefusalReason.INVALID_TOPIC, "topic '%s' is not for records".formatted(name)));
        }
        Refused before = refused.get(name);
        if (before != null && now - before.answeredNanos() < ANSWER_HOLDS.toNanos()) {
            return Optional.of(before.answer());
        }
        return room(now) == 0 ? Optional.of(tooMany(name)) : Optional.empty();
    }

    /** How many more topics there may be. */
    synchronized int room() {
        return room(nanoTime.getAsLong());
    }

    private int room(long now) {
        if (known.size() >= maxTopics) {
            known.values().removeIf(topic -> now - topic.usedNanos > UNUSED.toNanos());
        }
        return Math.max(0, maxTopics - known.size());
    }

    /** Why a record cannot go to one topic more. */
    TopicAnswer.Refused tooMany(String name) {
        return new TopicAnswer.Refused(
                RefusalReason.TOO_MANY_TOPICS,
                "topic '%s' is one more than output.kafka.maxTopics allows, which is %d".formatted(name, maxTopics));
    }

    /** Notes that a topic exists. */
    synchronized TopicAnswer found(String name, TopicFacts facts) {
        long now = nanoTime.getAsLong();
        refused.remove(name);
        Known topic = known.get(name);
        if (topic == null) {
            if (room(now) == 0) {
                return tooMany(name);
            }
            topic = new Known();
            known.put(name, topic);
        }
        topic.facts = facts;
        topic.usedNanos = now;
        return new TopicAnswer.Found(facts);
    }

    /** Notes what the brokers answered about a topic that no record may go to. */
    synchronized TopicAnswer refused(String name, TopicAnswer.Refused answer) {
        refused.remove(name);
        refused.put(name, new Refused(answer, nanoTime.getAsLong()));
        if (refused.size() > MAX_REFUSED) {
            refused.remove(refused.keySet().iterator().next());
        }
        return answer;
    }

    /** The answers for all of these names, if none of them has to be asked for. */
    Optional<Map<String, TopicAnswer>> answers(Set<String> names) {
        Map<String, TopicAnswer> answers = new HashMap<>();
        for (String name : names) {
            Optional<TopicAnswer> answer = answer(name);
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            answers.put(name, answer.get());
        }
        return Optional.of(answers);
    }

    /** Those of the names that the brokers have to be asked for, in their order; puts the answers for the others. */
    Set<String> unanswered(Set<String> names, Map<String, TopicAnswer> answers) {
        Set<String> unanswered = new LinkedHashSet<>();
        for (String name : names) {
            answer(name).ifPresentOrElse(answer -> answers.put(name, answer), () -> unanswered.add(name));
        }
        return unanswered;
    }
}
