package io.pickaroon.connect.generation;

import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import java.util.List;
import java.util.Optional;

/** What the owner of a split does with a file that it has opened. */
public sealed interface Decision {
    /**
     * Reads the split.
     *
     * @param split with the generation that the open file is
     * @param from where to go on; empty: at the start of the split
     * @param evidence offsets that show the generation: as long as the open file fits them all, what is read from it is of
     *     that generation
     * @param raised why the offsets of the generation before do not fit; empty if it is not a new one
     */
    record Read(Split split, Optional<SplitOffset> from, List<SplitOffset> evidence, Optional<SplitOffset.Fit> raised)
            implements Decision {
        public Read {
            evidence = List.copyOf(evidence);
        }
    }

    /** Reads nothing now. Later the offsets are read, and the file is opened, once more. */
    record Wait(Reason reason) implements Decision {}

    /** Why a split is not read yet. */
    enum Reason {
        /** Nothing of split 0 is committed in any generation. */
        NOTHING_OF_FIRST_SPLIT,
        /** So little of split 0 is committed that it does not tell this file from others. */
        TOO_LITTLE_OF_FIRST_SPLIT,
        /** What is committed of split 0 is of another file: its owner has not committed anything of this one. */
        OTHER_FILE,
        /** The file fits split 0, and not this split: it was truncated in between, or behind split 0. */
        OTHER_CONTENT
    }
}
