package io.pickaroon.connectors.kafka.send;

import io.pickaroon.connectors.kafka.records.ReadTimeReason;
import io.pickaroon.connectors.kafka.records.RefusedMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What becomes of the matches of a window that is sent, other than that brokers acknowledge them. Thread-safe. */
final class TransferOutcome {
    private static final int MAX_ATTEMPTS = 10;

    private final List<RefusedMatch> refused = new ArrayList<>();
    private final Map<Integer, ReadTimeReason> readTimes = new HashMap<>();
    private final Set<String> topicsAtReadTime;

    /** In file order. */
    private final Set<Integer> rest = new TreeSet<>();

    private final Set<String> timeRefused = new HashSet<>();

    private final int attempts;

    /** Of a window that is sent for the first time. */
    TransferOutcome() {
        this(Set.of(), 1);
    }

    private TransferOutcome(Set<String> topicsAtReadTime, int attempts) {
        this.topicsAtReadTime = topicsAtReadTime;
        this.attempts = attempts;
    }

    /**
     * What is to be sent again.
     *
     * @param outcome of the whole window so far
     */
    record Rest(int[] matches, TransferOutcome outcome) {}

    synchronized void refuse(RefusedMatch match) {
        refused.add(match);
    }

    /** Matches that are refused for good, in file order. */
    synchronized List<RefusedMatch> refused() {
        return refused.stream()
                .sorted(Comparator.comparingInt(RefusedMatch::match))
                .toList();
    }

    /** The match is sent with the time at which it was read. */
    synchronized void readTime(int match, ReadTimeReason reason) {
        readTimes.put(match, reason);
    }

    /** Why matches that are not refused have the time at which they were read. */
    synchronized List<ReadTimeReason> readTimes() {
        Map<Integer, ReadTimeReason> sent = new HashMap<>(readTimes);
        refused.forEach(match -> sent.remove(match.match()));
        return List.copyOf(sent.values());
    }

    /** Whether records to a topic are sent with the time at which they were read. */
    boolean isAtReadTime(String topic) {
        return topicsAtReadTime.contains(topic);
    }

    /**
     * The timestamp of a match was refused: it is sent again.
     *
     * @return false if it had the time at which it was read already, and is not sent again
     */
    synchronized boolean timeRefused(int match, String topic) {
        if (isAtReadTime(topic)) {
            return false;
        }
        timeRefused.add(topic);
        rest.add(match);
        return true;
    }

    /** The match was dropped because of another one: it is sent again. */
    synchronized void dropped(int match) {
        rest.add(match);
    }

    /** Whether the rest is sent again. Records that are refused leave it, so few attempts are enough. */
    boolean mayTryAgain() {
        return attempts < MAX_ATTEMPTS;
    }

    /** What is to be sent again; empty if nothing is. */
    synchronized Optional<Rest> rest() {
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        Set<String> atReadTime = new HashSet<>(topicsAtReadTime);
        atReadTime.addAll(timeRefused);
        TransferOutcome next = new TransferOutcome(atReadTime, attempts + 1);
        next.refused.addAll(refused);
        next.readTimes.putAll(readTimes);
        return Optional.of(new Rest(rest.stream().mapToInt(match -> match).toArray(), next));
    }
}
