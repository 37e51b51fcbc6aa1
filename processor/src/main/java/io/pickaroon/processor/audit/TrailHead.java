package io.pickaroon.processor.audit;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a checkpoint keeps of the trail of its run.
 *
 * @param place where the trail ends, at the least
 * @param counter of the last group of changes that was announced there, at least 0
 */
public record TrailHead(TrailPlace place, long counter) {
    /** Name of the section of a checkpoint that holds it. */
    public static final String SECTION = "audit";

    /** The content of the section: the counter, then the place. */
    public ByteBuffer encoded() {
        byte[] bytes = place.encoded();
        return ByteBuffer.allocate(Long.BYTES + bytes.length)
                .putLong(counter)
                .put(bytes)
                .flip()
                .asReadOnlyBuffer();
    }

    /** The head in a section; empty if it makes no sense, as one that a later version has written. */
    public static Optional<TrailHead> decode(ByteBuffer section) {
        try {
            ByteBuffer from = section.duplicate();
            long counter = from.getLong();
            return Optional.of(new TrailHead(TrailPlace.decode(from), counter));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }
}
