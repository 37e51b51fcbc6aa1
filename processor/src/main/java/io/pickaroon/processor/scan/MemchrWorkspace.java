package io.pickaroon.processor.scan;

import io.pickaroon.processor.search.MemchrChoice;
import io.pickaroon.processor.search.MemchrSearch;
import io.pickaroon.processor.search.NativeBytes;
import io.pickaroon.processor.search.Needle;
import io.pickaroon.processor.search.NeedleSearch;
import io.pickaroon.processor.window.Delimiter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The native memory that slices of a window are read into, with what searches there. Used by one thread at a time; the
 * memory is freed with it.
 */
final class MemchrWorkspace {
    final NativeBytes slice;
    final MemchrSearch search;
    /** The rule that each needle belongs to. */
    final int[] ruleOf;
    /** Rules of which needles were found in the current record. */
    final BitSet found = new BitSet();
    /** A needle, wherever it stands, decides that the only rule matches, which need not see the record. */
    final boolean decidesAlone;

    /** The memory of the slice. */
    private final ByteBuffer memory;

    private final MemchrChoice choice;
    private boolean hasWindow;

    /**
     * @param readers rules that need the bytes of the records that they match, or may match
     * @param hasVectors whether windows that this one leaves to others are searched with vectors
     */
    MemchrWorkspace(
            SearchPlan.Needles needles, BitSet readers, Delimiter delimiter, int sliceBytes, boolean hasVectors) {
        this.slice = new NativeBytes(sliceBytes);
        this.memory = slice.segment().asByteBuffer();
        this.search = new MemchrSearch(needles.needles());
        this.ruleOf = needles.rules().stream().mapToInt(Integer::intValue).toArray();
        this.decidesAlone = readers.isEmpty()
                && Arrays.stream(ruleOf).allMatch(rule -> rule == 0)
                && needles.needles().stream().noneMatch(needle -> mayReachOutOfContent(needle, delimiter));
        found.set(0, decidesAlone);
        this.choice = new MemchrChoice(hasVectors || NeedleSearch.skipsMostWithoutVectors(needles.needles()));
    }

    private static boolean mayReachOutOfContent(Needle needle, Delimiter delimiter) {
        return needle.sets().stream().anyMatch(set -> set.contains('\r') || set.contains(delimiter.lastByte() & 0xff));
    }

    /** The first bytes of the slice, to be filled. */
    ByteBuffer firstBytes(int lengthBytes) {
        return memory.clear().limit(lengthBytes);
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
