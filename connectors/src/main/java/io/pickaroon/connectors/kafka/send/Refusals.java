package io.pickaroon.connectors.kafka.send;

import io.pickaroon.connectors.kafka.client.KafkaFailures;
import io.pickaroon.connectors.kafka.client.RefusalReason;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * What the brokers refuse of the present group of windows. A refusal ends the whole transaction: it is aborted, and the
 * next attempt diverts the known refusals before it sends them. Where a timestamp was refused, the next attempt sends all
 * records of the group to that topic with the time at which they were read.
 *
 * <p>The producer then fails every record that it still holds with the exception object of the refused record, and that
 * object may be the same in every attempt. So of several records with one exception object, only the first of each
 * attempt is known to be refused: its callback comes first.
 *
 * <p>Thread-safe.
 */
final class Refusals {
    /**
     * Why a match will be refused.
     *
     * @param text for people
     */
    record Refusal(RefusalReason reason, String text) {}

    private record Place(ScannedWindow window, int match) {}

    private final Map<Place, Refusal> byPlace = new HashMap<>();
    private final Map<String, Refusal> byTopic = new HashMap<>();
    private final Set<String> topicsAtReadTime = new HashSet<>();
    private final Set<String> timeRefusedInAttempt = new HashSet<>();
    /** Read for every record, and hardly ever true. */
    private volatile boolean anyKnown;

    private final Set<Exception> seenInAttempt = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Why a match will be refused, if that is known. */
    Optional<Refusal> refusal(ScannedWindow window, int match, String topic) {
        return anyKnown ? known(window, match, topic) : Optional.empty();
    }

    private synchronized Optional<Refusal> known(ScannedWindow window, int match, String topic) {
        return Optional.ofNullable(byTopic.get(topic))
                .or(() -> Optional.ofNullable(byPlace.get(new Place(window, match))));
    }

    /** Whether records to a topic are sent with the time at which they were read. */
    boolean isAtReadTime(String topic) {
        return anyKnown && knowsAtReadTime(topic);
    }

    private synchronized boolean knowsAtReadTime(String topic) {
        return topicsAtReadTime.contains(topic);
    }

    /**
     * Notes that a timestamp was refused.
     *
     * @return false if all records to that topic had the time at which they were read already
     */
    synchronized boolean learnTime(String topic, Exception failure) {
        if (topicsAtReadTime.contains(topic)) {
            return false;
        }
        timeRefusedInAttempt.add(topic);
        anyKnown = true;
        seenInAttempt.add(failure);
        return true;
    }

    /** Notes that a match was refused, or that its batch was dropped because another match was. */
    synchronized void learn(ScannedWindow window, int match, String topic, Exception failure, String text) {
        if (!seenInAttempt.add(failure)) {
            return;
        }
        anyKnown = true;
        Refusal refusal = new Refusal(KafkaFailures.reason(failure), text);
        switch (failure) {
            case TopicAuthorizationException e
            when !e.unauthorizedTopics().isEmpty() ->
                e.unauthorizedTopics().forEach(refused -> byTopic.put(refused, refusal));
            case InvalidTopicException e
            when !e.invalidTopics().isEmpty() -> e.invalidTopics().forEach(refused -> byTopic.put(refused, refusal));
            case TopicAuthorizationException _, InvalidTopicException _ -> byTopic.put(topic, refusal);
            default -> byPlace.put(new Place(window, match), refusal);
        }
    }

    /** Another attempt begins. */
    synchronized void beginAttempt() {
        seenInAttempt.clear();
        topicsAtReadTime.addAll(timeRefusedInAttempt);
        timeRefusedInAttempt.clear();
    }

    /** Whether this attempt found a refusal that the next one diverts. */
    synchronized boolean hasLearnt() {
        return !seenInAttempt.isEmpty();
    }
}
