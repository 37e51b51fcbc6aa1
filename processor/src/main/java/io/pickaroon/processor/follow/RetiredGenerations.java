package io.pickaroon.processor.follow;

import io.pickaroon.processor.commit.Committer;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Generations of a followed file that were truncated away, while what was read of them is still to be delivered. Thread-safe. */
final class RetiredGenerations {
    private final Committer progress;
    private final Deque<Retired> retired = new ConcurrentLinkedDeque<>();

    /** A generation that is over, and how far it was handed on. */
    private record Retired(FileIdentity identity, long handedOnOffset) {}

    RetiredGenerations(Committer progress) {
        this.progress = progress;
    }

    void add(FileIdentity generation, long handedOnOffset) {
        retired.add(new Retired(generation, handedOnOffset));
    }

    boolean isEmpty() {
        return retired.isEmpty();
    }

    /** Forgets those that are delivered. */
    void forgetDelivered() {
        retired.removeIf(generation -> {
            boolean isDelivered = undelivered(generation) <= 0;
            if (isDelivered) {
                progress.retire(generation.identity());
            }
            return isDelivered;
        });
    }

    /**
     * Forgets all, because nothing more will be delivered of them. Returns the bytes that are lost so.
     *
     * @param destination may know more to be delivered than was acknowledged
     */
    long forgetAll(SinkPositions destination) {
        long lostBytes = 0;
        for (Retired generation : retired) {
            lostBytes += Math.max(0, Math.min(undelivered(generation), undelivered(generation, destination)));
            progress.retire(generation.identity());
        }
        retired.clear();
        return lostBytes;
    }

    private long undelivered(Retired generation) {
        return generation.handedOnOffset()
                - progress.position(generation.identity()).map(Position::offset).orElse(0L);
    }

    private static long undelivered(Retired generation, SinkPositions destination) {
        FileIdentity file = generation.identity();
        // Windows of a file are delivered in order.
        if (destination.generation(file) > file.generation()) {
            return 0;
        }
        return generation.handedOnOffset()
                - destination.of(file).map(known -> known.position().offset()).orElse(0L);
    }
}
