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
 * What the brokers refuse of the present group of windows. A refusal ends the whole transaction: it is aborted, and the
 * next attempt diverts the known refusals before it sends them.
 *
 * <p>The producer then fails every record that it still holds with the exception object of the refused record, and that
 * object may be the same in every attempt. So of several records with one exception object, only the first of each
 * attempt is known to be refused: its callback comes first.
 *
 * <p>Thread-safe.
 */
final class Refusals {
    private record Place(ScannedWindow window, int match) {}

    private final Map<Place, String> reasonByPlace = new HashMap<>();
    private final Map<String, String> reasonByTopic = new HashMap<>();
    /** Read for every record, and hardly ever true. */
    private volatile boolean anyKnown;

    private final Set<Exception> seenInAttempt = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Why a match will be refused, if that is known. */
    Optional<String> reason(ScannedWindow window, int match, String topic) {
        return anyKnown ? known(window, match, topic) : Optional.empty();
    }

    private synchronized Optional<String> known(ScannedWindow window, int match, String topic) {
        return Optional.ofNullable(reasonByTopic.get(topic))
                .or(() -> Optional.ofNullable(reasonByPlace.get(new Place(window, match))));
    }

    /** Notes that a match was refused, or that its batch was dropped because another match was. */
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

    /** Whether this attempt found a refusal that the next one diverts. */
    synchronized boolean hasLearnt() {
        return !seenInAttempt.isEmpty();
    }
}
