package io.pickaroon.processor.checkpoint;

/** The content of one of the two slots of a checkpoint file. */
public sealed interface Slot {
    /**
     * A whole checkpoint with the right checksum.
     *
     * @param slotBytes capacity of each slot of the file
     * @param usedBytes bytes that the checkpoint takes in its slot, padding to a whole block included
     */
    record Valid(Checkpoint checkpoint, int slotBytes, int usedBytes) implements Slot {}

    /** Zeros only: nothing was ever written here. */
    record Unwritten() implements Slot {}

    /**
     * Damaged content.
     *
     * @param reason what is wrong, for a message in which the name of the slot and a colon come first
     */
    record Invalid(String reason) implements Slot {}

    /** Whole, with the right checksum, and in a format that a later version of Pickaroon made. */
    record NewerFormat(int formatVersion) implements Slot {}

    /** Describes the content for a message in which the name of the slot and a colon come first. */
    default String describe() {
        return switch (this) {
            case Valid valid -> "valid, sequence " + valid.checkpoint().sequence();
            case Unwritten _ -> "never written";
            case Invalid invalid -> invalid.reason();
            case NewerFormat newer -> "format version " + newer.formatVersion();
        };
    }
}
