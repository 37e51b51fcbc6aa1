package io.pickaroon.processor.search;

/**
 * What a scan may search with besides plain loops.
 *
 * @param memchr libc's functions, where {@link NativeBytes#isAvailable}
 * @param memchrFromBytes length of the shortest window that is searched with them: to call libc for the first time takes
 *     the JVM longer than to search a small file
 * @param vectors the Vector API, with which the JVM has to run
 */
public record Searchers(boolean memchr, int memchrFromBytes, boolean vectors) {
    private static final int LEAST_MEMCHR_BYTES = 256 * 1024;

    /** All that this JVM has. */
    public static Searchers available() {
        return new Searchers(
                true,
                LEAST_MEMCHR_BYTES,
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    }

    /** The search in heap arrays. */
    public ByteSearch inArrays() {
        return vectors ? new VectorByteSearch() : new ScalarByteSearch();
    }
}
