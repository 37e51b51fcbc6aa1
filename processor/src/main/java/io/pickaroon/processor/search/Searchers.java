package io.pickaroon.processor.search;

/**
 * What a scan may search with besides plain loops.
 *
 * @param memchr libc's functions, where {@link NativeBytes#isAvailable}
 * @param vectors the Vector API, with which the JVM has to run
 */
public record Searchers(boolean memchr, boolean vectors) {
    /** All that this JVM has. */
    public static Searchers available() {
        return new Searchers(
                true, ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    }

    /** The search in heap arrays. */
    public ByteSearch inArrays() {
        return vectors ? new VectorByteSearch() : new ScalarByteSearch();
    }
}
