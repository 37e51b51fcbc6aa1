package io.pickaroon.processor.follow;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * The files that wait for a turn in one session of the sink, each once. A file that is offered during its turn gets another
 * turn after that; one that still waits does not, since the turn to come finds all there is. Where the input of a file has a
 * {@link io.pickaroon.processor.read.Pace}, its turn waits for that, too. Thread-safe.
 */
final class TurnQueue {
    private final Sinks.Many<FollowedFile> turns =
            Sinks.many().unicast().onBackpressureBuffer(new ConcurrentLinkedQueue<>());
    /** Files that wait or have their turn, and since when, the one that waits for longest first. */
    private final Map<FollowedFile, Long> sinceNanos = new LinkedHashMap<>();

    private final PacedTurns paced = new PacedTurns();
    /** Files that have their turn, and whether they were offered since it began. */
    private final Map<FollowedFile, Boolean> offeredInTurn = new HashMap<>();

    /** Whose turn it is. To be subscribed to once. */
    Flux<FollowedFile> turns() {
        return turns.asFlux();
    }

    synchronized void offer(FollowedFile file, long nowNanos) {
        if (sinceNanos.putIfAbsent(file, nowNanos) != null) {
            offeredInTurn.computeIfPresent(file, (_, _) -> true);
        } else if (paced.add(file)) {
            beginPaced();
        } else {
            turns.tryEmitNext(file);
        }
    }

    /** Begins the turns that the rates of their inputs allow by now. */
    synchronized void beginPaced() {
        paced.takeDue().forEach(turns::tryEmitNext);
    }

    /** From now on no turn waits for the rate of its input. */
    synchronized void endPacing() {
        paced.end().forEach(turns::tryEmitNext);
    }

    /**
     * Whether a file is to stay open for its next turn. One that waits for the rate of its input may be closed if others have no
     * place: that may be for long. A rotated one may not; it could be gone by then.
     */
    synchronized boolean needsOpen(FollowedFile file) {
        return has(file) && (file.place().isRotated() || !paced.has(file));
    }

    /** The turn of a file begins: what it is offered for from now on, this turn may miss. */
    synchronized void begun(FollowedFile file) {
        offeredInTurn.put(file, false);
    }

    /** The turn of a file has ended. Returns whether it was offered meanwhile. */
    synchronized boolean ended(FollowedFile file) {
        sinceNanos.remove(file);
        paced.ended(file);
        beginPaced();
        return Boolean.TRUE.equals(offeredInTurn.remove(file));
    }

    /** Whether a file waits, or has its turn. */
    synchronized boolean has(FollowedFile file) {
        return sinceNanos.containsKey(file);
    }

    /** Whether any file waits, or has its turn. */
    synchronized boolean hasAny() {
        return !sinceNanos.isEmpty();
    }

    synchronized List<FollowedFile> files() {
        return List.copyOf(sinceNanos.keySet());
    }

    /** The files that have been here since some moment at least, at most so many. */
    synchronized List<FollowedFile> longerThan(long momentNanos, int most) {
        return sinceNanos.entrySet().stream()
                .takeWhile(entry -> entry.getValue() - momentNanos <= 0)
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }
}
