package io.pickaroon.processor.follow;

import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.commit.SinkPositions;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.read.RunResources;

/**
 * How far the generations of a followed file are delivered: by the checkpoint, by what was acknowledged in this run, and by
 * what the destination knew when the session began. Thread-safe.
 */
final class DeliveredOffsets {
    private final FileIdentity inode;
    private final RunResources parts;
    private final RetiredGenerations retired;
    /** Of the session that the file is in. */
    private volatile SinkPositions destination = SinkPositions.UNKNOWN;

    DeliveredOffsets(FileIdentity inode, RunResources parts) {
        this.inode = inode;
        this.parts = parts;
        this.retired = new RetiredGenerations(parts.progress());
    }

    /** The latest generation that the checkpoint or this run knows. */
    FileIdentity latest() {
        return inode.ofGeneration(parts.progress().generation(inode));
    }

    void newSession(SinkPositions session) {
        destination = session;
    }

    boolean isIn(SinkPositions session) {
        return destination == session;
    }

    long offset(FileIdentity generation) {
        return Math.max(
                parts.progress().position(generation).map(Position::offset).orElse(0L),
                destination
                        .of(generation)
                        .map(known -> known.position().offset())
                        .orElse(0L));
    }

    /** The size of its content that an earlier run has seen. */
    long knownBytes(FileIdentity generation) {
        long checkpointBytes = parts.progress()
                .entry(generation)
                .map(CheckpointEntry::sizeBytes)
                .orElse(0L);
        return Math.max(checkpointBytes, offset(generation));
    }

    /** Whether all up to an offset is delivered, and the checkpoint has it. */
    boolean isDurable(FileIdentity generation, long offset) {
        return offset == 0 || offset(generation) >= offset && parts.progress().isDurable(generation, offset);
    }

    /** A generation is over, of which so much was emitted. */
    void retire(FileIdentity generation, long emittedOffset) {
        retired.add(generation, emittedOffset);
    }

    /** Whether generations are over that are not delivered. */
    boolean hasRetired() {
        return !retired.isEmpty();
    }

    /** Forgets generations that are over, and delivered. */
    void forgetDelivered() {
        retired.forgetDelivered();
    }

    /** Forgets all generations that are over. Returns how many bytes of them are lost. */
    long forgetRetired() {
        return retired.forgetAll(destination);
    }
}
