package io.pickaroon.processor.directio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * Zeroed native memory that direct I/O accepts: mapped anonymously, so that it starts on a page, and released by {@link
 * #close}. Using a buffer of it after that throws an {@link IllegalStateException} and does not crash.
 */
final class AlignedMemory implements AutoCloseable {
    /** No mapping starts below this alignment: the smallest page of any Linux. */
    private static final int PAGE_BYTES = 4096;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment segment;

    private AlignedMemory(SystemCalls calls, long address, long mappedBytes, int alignBytes, long sizeBytes) {
        long aligned = Blocks.roundUp(address, alignBytes);
        this.segment = view(aligned, sizeBytes, arena, () -> calls.munmap(address, mappedBytes));
    }

    /**
     * @param alignBytes a power of two that the address must be a multiple of
     * @param forFile the file that the memory serves, for the message if there is none left
     */
    static AlignedMemory allocate(SystemCalls calls, long sizeBytes, int alignBytes, Path forFile) throws IOException {
        long mappedBytes = alignBytes <= PAGE_BYTES ? sizeBytes : sizeBytes + alignBytes;
        long address = SystemCallException.check(calls.mapAnonymous(mappedBytes), "mmap", forFile);
        return new AlignedMemory(calls, address, mappedBytes, alignBytes, sizeBytes);
    }

    MemorySegment segment() {
        return segment;
    }

    @Override
    public void close() {
        arena.close();
    }

    @SuppressWarnings("restricted")
    private static MemorySegment view(long address, long sizeBytes, Arena arena, Runnable unmap) {
        return MemorySegment.ofAddress(address).reinterpret(sizeBytes, arena, _ -> unmap.run());
    }
}
