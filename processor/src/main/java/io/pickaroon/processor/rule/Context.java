package io.pickaroon.processor.rule;

/**
 * How many neighbouring records an emitted record takes along, within its file, or the generation of it. All of them and the
 * record span no more than the longest record may have, delimiters included: what is farther is left out. A record of which only
 * the head is there takes none. Of a file that is followed, those after the record are waited for at most 5 s.
 *
 * @param before at most so many that stand before it, 0 to {@link #MOST}
 * @param after at most so many that stand after it, 0 to {@link #MOST}
 */
public record Context(int before, int after) {
    /** More than this is a file, not a context. */
    public static final int MOST = 1_000;

    /** The record stands alone. */
    public static final Context NONE = new Context(0, 0);

    /** @throws IllegalArgumentException if a number is out of its bounds */
    public Context {
        requireCount("before", before);
        requireCount("after", after);
    }

    public boolean isEmpty() {
        return before == 0 && after == 0;
    }

    private static void requireCount(String name, int count) {
        if (count < 0 || count > MOST) {
            throw new IllegalArgumentException("%s: expected 0 to %d, not %d".formatted(name, MOST, count));
        }
    }
}
