package io.pickaroon.connect.generation;

import io.pickaroon.connect.split.Split;
import io.pickaroon.connect.split.SplitOffset;
import java.util.Collection;
import java.util.Map;

/** The committed offsets of the connector, of all its tasks. */
@FunctionalInterface
public interface CommittedOffsets {
    /**
     * Reads offsets, all at once. Those of a task's own splits are what it committed last, or what was committed before it
     * became their owner; those of others may be older than that.
     *
     * @return offsets of the splits that have one
     */
    Map<Split, SplitOffset> of(Collection<Split> splits);
}
