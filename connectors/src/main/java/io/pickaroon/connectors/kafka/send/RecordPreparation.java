package io.pickaroon.connectors.kafka.send;

import io.pickaroon.connectors.kafka.records.SessionRecords;
import io.pickaroon.connectors.kafka.records.WindowRecords;
import io.pickaroon.connectors.kafka.topics.TopicAnswer;
import io.pickaroon.connectors.kafka.topics.TopicLookup;
import io.pickaroon.processor.delivery.DeliveryException;
import io.pickaroon.processor.scan.ScannedWindow;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What comes before the records of windows are made and sent: the topics that they name are found. For one session; one
 * group of windows at a time.
 */
public final class RecordPreparation {
    private final SessionRecords records;
    private final TopicLookup lookup;
    private final int batchBytes;
    private final InFlightCounters inFlight;

    /**
     * For one session.
     *
     * @param records makes the records
     * @param lookup finds topics
     * @param batchBytes the producer makes batches of this size
     * @param inFlight counts windows while the brokers are asked about them
     */
    public RecordPreparation(SessionRecords records, TopicLookup lookup, int batchBytes, InFlightCounters inFlight) {
        this.records = records;
        this.lookup = lookup;
        this.batchBytes = batchBytes;
        this.inFlight = inFlight;
    }

    /** A topic takes smaller batches than those of the session. */
    static final class SmallerTopic extends RuntimeException {
        SmallerTopic(String topic, int limitBytes) {
            super("topic %s takes batches of up to %d bytes, less than the topics before it"
                    .formatted(topic, limitBytes));
        }

        /** The error with which the session ends; the next one makes smaller batches. */
        DeliveryException ending() {
            return DeliveryException.retryable(getMessage() + ": delivery starts again with smaller batches", this);
        }
    }

    /** The records of a window. */
    WindowRecords of(ScannedWindow window) {
        return records.of(window);
    }

    /** Whether records name topics: then {@link #resolve} has to come before they are made. */
    boolean isNeeded() {
        return records.nameTopics();
    }

    /**
     * Finds the topics of all records of these windows.
     *
     * @return those that exist; empty if the session was cancelled meanwhile; fails with {@link SmallerTopic} if the producer
     *     cannot send to one of them
     */
    Mono<Set<String>> resolve(List<WindowRecords> windows) {
        Set<String> names = new LinkedHashSet<>();
        windows.forEach(window -> names.addAll(window.topics()));
        Optional<Map<String, TopicAnswer>> known = lookup.known(names);
        if (known.isPresent()) {
            return Mono.fromCallable(() -> resolved(windows, known.get()));
        }
        return Mono.fromCallable(() -> find(names, windows.size()))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(Mono::justOrEmpty)
                .map(found -> resolved(windows, found));
    }

    private Optional<Map<String, TopicAnswer>> find(Set<String> names, int windows) {
        inFlight.windows().addAndGet(windows);
        try {
            return Optional.of(lookup.find(names));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            inFlight.windows().addAndGet(-windows);
        }
    }

    private Set<String> resolved(List<WindowRecords> windows, Map<String, TopicAnswer> answers) {
        Map<String, TopicAnswer> all = Map.copyOf(answers);
        Set<String> existing = new LinkedHashSet<>();
        all.forEach((name, answer) -> {
            if (answer instanceof TopicAnswer.Found found) {
                existing.add(name);
                if (found.facts().maxMessageBytes() < batchBytes) {
                    throw new SmallerTopic(name, found.facts().maxMessageBytes());
                }
            }
        });
        windows.forEach(window -> window.resolve(all));
        return existing;
    }

    /** All topics that records have named and that exist. */
    Set<String> known() {
        return lookup.directory().topics().keySet();
    }
}
