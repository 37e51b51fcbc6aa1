package io.pickaroon.processor.scan;

import io.pickaroon.processor.search.MemchrChoice;
import io.pickaroon.processor.search.MemchrSearch;
import io.pickaroon.processor.search.NativeBytes;
import java.util.BitSet;

/**
 * The native memory that slices of a window are copied into, with what searches there. Used by one thread at a time; the
 * memory is freed with it.
 */
final class MemchrWorkspace {
    final NativeBytes slice;
    final MemchrSearch search;
    /** The rule that each needle belongs to. */
    final int[] ruleOf;
    /** Rules of which needles were found in the current record. */
    final BitSet found = new BitSet();

    private final MemchrChoice choice;
    private boolean hasWindow;

    /** @param hasVectors whether windows that this one leaves to others are searched with vectors */
    MemchrWorkspace(SearchPlan.Needles needles, int sliceBytes, boolean hasVectors) {
        this.slice = new NativeBytes(sliceBytes);
        this.search = new MemchrSearch(needles.needles());
        this.ruleOf = needles.rules().stream().mapToInt(Integer::intValue).toArray();
        this.choice = new MemchrChoice(hasVectors);
    }

    /** Ends the window before, if it had that one; true if it takes the next one. */
    boolean beginWindow() {
        if (hasWindow) {
            choice.went(search);
        }
        hasWindow = choice.takesNextWindow();
        search.beginWindow();
        return hasWindow;
    }
}
