package io.pickaroon.connectors.kafka.send;

import io.pickaroon.processor.scan.ScannedWindow;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * What the brokers were found to refuse in the group of windows at hand. A refusal spoils the whole transaction: it is
 * aborted, and in the next attempt what is known here is diverted before it is sent.
 *
 * <p>When a transaction is spoiled, the producer ends everything that it still holds with the very exception of the
 * record that did it; and that object may be the same in every attempt. So in each attempt, of several records with one
 * exception object only the first is known to be refused: it is the one that is told first.
 *
 * <p>Thread-safe.
 */
final class Refusals {
    private record Place(ScannedWindow window, int match) {}

    private final Map<Place, String> reasonByPlace = new HashMap<>();
    private final Map<String, String> reasonByTopic = new HashMap<>();
    /** Looked at for every record, and hardly ever true. */
    private volatile boolean anyKnown;

    private final Set<Exception> seenInAttempt = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Why a match will be refused, as far as is known. */
    Optional<String> reason(ScannedWindow window, int match, String topic) {
        return anyKnown ? known(window, match, topic) : Optional.empty();
    }

    private synchronized Optional<String> known(ScannedWindow window, int match, String topic) {
        return Optional.ofNullable(reasonByTopic.get(topic))
                .or(() -> Optional.ofNullable(reasonByPlace.get(new Place(window, match))));
    }

    /** A match was refused, or its batch was dropped because another one was. */
    synchronized void learn(ScannedWindow window, int match, String topic, Exception failure, String reason) {
        if (!seenInAttempt.add(failure)) {
            return;
        }
        anyKnown = true;
        switch (failure) {
            case TopicAuthorizationException e
            when !e.unauthorizedTopics().isEmpty() ->
                e.unauthorizedTopics().forEach(refused -> reasonByTopic.put(refused, reason));
            case InvalidTopicException e
            when !e.invalidTopics().isEmpty() ->
                e.invalidTopics().forEach(refused -> reasonByTopic.put(refused, reason));
            case TopicAuthorizationException _, InvalidTopicException _ -> reasonByTopic.put(topic, reason);
            default -> reasonByPlace.put(new Place(window, match), reason);
        }
    }

    /** Another attempt begins. */
    synchronized void beginAttempt() {
        seenInAttempt.clear();
    }

    /** Whether this attempt has shown anything that the next one will do better. */
    synchronized boolean hasLearnt() {
        return !seenInAttempt.isEmpty();
    }
}
