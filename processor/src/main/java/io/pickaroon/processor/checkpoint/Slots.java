package io.pickaroon.processor.checkpoint;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Both slots of a checkpoint file, and the decision which one counts. Pure.
 *
 * @param a the slot at the start of the file, for even sequence numbers
 * @param b the slot in the second half, for odd ones
 */
public record Slots(Slot a, Slot b) {
    /**
     * The valid slot with the higher sequence number; empty if neither is valid, or if one is of a newer format, since
     * that one may hold later progress which cannot be read.
     */
    public Optional<Slot.Valid> newestValid() {
        return of(Slot.Valid.class)
                .filter(_ -> newerFormat().isEmpty())
                .reduce((one, other) ->
                        one.checkpoint().sequence() > other.checkpoint().sequence() ? one : other);
    }

    /** The format version of a slot that only a newer Pickaroon can read. */
    public Optional<Integer> newerFormat() {
        return of(Slot.NewerFormat.class).map(Slot.NewerFormat::formatVersion).findFirst();
    }

    private <T extends Slot> Stream<T> of(Class<T> kind) {
        return Stream.of(a, b).filter(kind::isInstance).map(kind::cast);
    }

    /** The slot under its name, which is {@code A} or {@code B}. */
    public Slot named(char name) {
        return name == 'A' ? a : b;
    }

    /** Name of the slot in which a checkpoint with this sequence number belongs. */
    public static char nameOf(long sequence) {
        return CheckpointCodec.slotIndex(sequence) == 0 ? 'A' : 'B';
    }

    String describe() {
        return "slot A: " + a.describe() + "; slot B: " + b.describe();
    }
}
