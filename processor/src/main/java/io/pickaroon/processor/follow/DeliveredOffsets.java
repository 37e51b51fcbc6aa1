package io.pickaroon.processor.follow;

import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.read.RunResources;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the generations of a followed file are delivered: by the checkpoint, by what was acknowledged in this run, and by
 * what the destination knew when the session began. Thread-safe.
 */
final class DeliveredOffsets {
    private final FileIdentity inode;
    private final RunResources resources;
    /** Generations that were truncated away while what was read of them is still to be delivered, and how far they were emitted. */
    private final Map<FileIdentity, Long> retired = new ConcurrentHashMap<>();
    /** Of the session that the file is in. */
    private volatile SinkPositions destination = SinkPositions.UNKNOWN;

    DeliveredOffsets(FileIdentity inode, RunResources resources) {
        this.inode = inode;
        this.resources = resources;
    }

    /** The latest generation that the checkpoint or this run knows. */
    FileIdentity latest() {
        return inode.ofGeneration(resources.positions().generation(inode));
    }

    void newSession(SinkPositions session) {
        destination = session;
    }

    boolean isIn(SinkPositions session) {
        return destination == session;
    }

    long offset(FileIdentity generation) {
        return Math.max(resources.positions().offset(generation), destination.offset(generation));
    }

    /** The size of its content that an earlier run has seen. */
    long knownBytes(FileIdentity generation) {
        long checkpointBytes = resources
                .positions()
                .entry(generation)
                .map(entry -> entry.content().sizeBytes())
                .orElse(0L);
        return Math.max(checkpointBytes, offset(generation));
    }

    /** Whether all up to an offset is delivered, and the checkpoint has it. */
    boolean isDurable(FileIdentity generation, long offset) {
        return offset == 0
                || offset(generation) >= offset && resources.positions().isDurable(generation, offset);
    }

    /** A generation is over, of which so much was emitted. */
    void retire(FileIdentity generation, long emittedOffset) {
        retired.put(generation, emittedOffset);
    }

    /** Whether generations are over that are not delivered. */
    boolean hasRetired() {
        return !retired.isEmpty();
    }

    /** Forgets generations that are over, and delivered. */
    void forgetDelivered() {
        retired.entrySet().removeIf(generation -> {
            boolean isDelivered = generation.getValue() <= resources.positions().offset(generation.getKey());
            if (isDelivered) {
                resources.commits().queue(c -> c.retire(generation.getKey())).subscribe();
            }
            return isDelivered;
        });
    }

    /** Forgets all generations that are over, because nothing more of them is delivered. Returns the bytes that are lost so. */
    long forgetRetired() {
        long lostBytes = 0;
        for (Map.Entry<FileIdentity, Long> generation : retired.entrySet()) {
            lostBytes += undelivered(generation.getKey(), generation.getValue());
            resources.commits().queue(c -> c.retire(generation.getKey())).subscribe();
        }
        retired.clear();
        return lostBytes;
    }

    private long undelivered(FileIdentity generation, long emittedOffset) {
        // Windows of a file are delivered in order.
        boolean isPassed = destination.generation(generation) > generation.generation();
        return isPassed ? 0 : Math.max(0, emittedOffset - offset(generation));
    }
}
