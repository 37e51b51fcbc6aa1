package io.pickaroon.processor.directio;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A {@link BlockFile} opened with {@code O_DIRECT | O_DSYNC}: one aligned {@code pwrite} carries a write past the page
 * cache to the device and returns when it is there.
 *
 * <p>Where the file system refuses direct I/O, at open or only at the first write, or where it accepts the flag without
 * meaning it (tmpfs since Linux 6.6), writes go through the page cache, each followed by {@code fdatasync}.
 *
 * <p>The block is the larger of the alignment that {@code statx} gives and 4096 bytes. A device may accept 512 and still
 * keep sectors of 4096; a smaller write then makes it read, change and rewrite a sector, which is slow and lets a power
 * failure tear bytes that were not being written.
 */
public final class DirectBlockFile implements BlockFile {
    static final int MINIMUM_BLOCK_BYTES = 4096;

    private static final int READ_CHUNK_BYTES = 1 << 20;
    private static final int MAXIMUM_STALLS = 8;

    private final SystemCalls calls;
    private final Path path;
    private final int fd;
    private final Consumer<String> onFallback;
    private final int blockBytes;
    private final int memoryAlignBytes;
    private boolean direct;
    private boolean directProven;
    private AlignedMemory buffer;
    private IOException failure;
    private boolean closed;

    private DirectBlockFile(SystemCalls calls, Path path, DirectOpen opened, Consumer<String> onFallback) {
        this.calls = calls;
        this.path = path;
        this.fd = opened.fd();
        this.onFallback = onFallback;
        this.direct = opened.refusal() == null;
        this.blockBytes = Math.max(opened.status().directOffsetAlignBytes(), MINIMUM_BLOCK_BYTES);
        this.memoryAlignBytes = Math.max(opened.status().directMemoryAlignBytes(), MINIMUM_BLOCK_BYTES);
        if (!direct) {
            onFallback.accept(opened.refusal());
        }
    }

    /**
     * Opens a file that exists.
     *
     * @param onFallback receives the reason, at most once and possibly before this returns, if there is no direct I/O
     */
    static DirectBlockFile open(SystemCalls calls, Path path, Consumer<String> onFallback) throws IOException {
        return new DirectBlockFile(calls, path, DirectOpen.open(calls, path), onFallback);
    }

    /** Makes a file, which must not exist, readable and writable by this user alone. */
    static DirectBlockFile create(SystemCalls calls, Path path, Consumer<String> onFallback) throws IOException {
        return new DirectBlockFile(calls, path, DirectOpen.create(calls, path), onFallback);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public int blockBytes() {
        return blockBytes;
    }

    @Override
    public boolean isDirect() {
        return direct;
    }

    @Override
    public long sizeBytes() throws IOException {
        requireOpen();
        return FileStatus.ofOpen(calls, fd, path).sizeBytes();
    }

    @Override
    public ByteBuffer buffer(int sizeBytes) throws IOException {
        requireOpen();
        if (buffer == null || buffer.segment().byteSize() < sizeBytes) {
            AlignedMemory larger = allocateMemory(sizeBytes);
            releaseBuffer();
            buffer = larger;
        }
        return buffer.segment().asSlice(0, sizeBytes).asByteBuffer();
    }

    @Override
    public int read(long offset, ByteBuffer into) throws IOException {
        requireOpen();
        requireWholeBlocks(offset, 0);
        int wanted = into.remaining();
        if (wanted == 0) {
            return 0;
        }
        int done = 0;
        try (AlignedMemory chunk = allocateMemory(Math.min(wanted, READ_CHUNK_BYTES))) {
            MemorySegment memory = chunk.segment();
            long got = memory.byteSize();
            while (done < wanted && got == memory.byteSize()) {
                got = readChunk(memory, offset + done);
                int used = (int) Math.min(got, wanted - done);
                into.put(memory.asSlice(0, used).asByteBuffer());
                done += used;
            }
        }
        return done;
    }

    /** Fills the chunk unless the file ends before; a read that stopped within a block begins that block again. */
    private long readChunk(MemorySegment chunk, long offset) throws IOException {
        long done = 0;
        while (true) {
            long from = done;
            long result = SystemCalls.uninterrupted(
                    () -> calls.pread(fd, chunk.address() + from, chunk.byteSize() - from, offset + from));
            if (Errno.EINVAL.is(result) && mayFallBack()) {
                fallBack("pread");
                continue;
            }
            SystemCallException.check(result, "pread", path);
            long reached = done + result;
            long whole = Blocks.roundDown(reached, blockBytes);
            if (reached == chunk.byteSize() || whole == done) {
                return reached;
            }
            done = whole;
        }
    }

    @Override
    public void write(long offset, ByteBuffer from) throws IOException {
        requireOpen();
        requireWholeBlocks(offset, from.remaining());
        requireNoFailure();
        try {
            MemorySegment source = MemorySegment.ofBuffer(from);
            if (source.isNative() && Blocks.isMultiple(source.address(), memoryAlignBytes)) {
                writeAligned(source, offset);
            } else {
                try (AlignedMemory copy = allocateMemory(source.byteSize())) {
                    copy.segment().copyFrom(source);
                    writeAligned(copy.segment().asSlice(0, source.byteSize()), offset);
                }
            }
            from.position(from.limit());
        } catch (IOException e) {
            throw remember(e);
        } finally {
            Reference.reachabilityFence(from);
        }
    }

    private void writeAligned(MemorySegment source, long offset) throws IOException {
        long done = 0;
        int stalls = 0;
        while (done < source.byteSize()) {
            long from = done;
            long result = SystemCalls.uninterrupted(
                    () -> calls.pwrite(fd, source.address() + from, source.byteSize() - from, offset + from));
            if (Errno.EINVAL.is(result) && mayFallBack()) {
                fallBack("pwrite");
                continue;
            }
            SystemCallException.check(result, "pwrite", path);
            // A write that stopped within a block begins that block again: a direct one may start nowhere else.
            long whole = Blocks.roundDown(done + result, blockBytes);
            stalls = whole == done ? stalls + 1 : 0;
            if (stalls == MAXIMUM_STALLS) {
                throw new IOException(NativePath.printable(path) + ": pwrite at offset " + (offset + done)
                        + " stopped short of a block " + MAXIMUM_STALLS + " times in a row; check the disk (dmesg)");
            }
            done = whole;
        }
        if (direct) {
            directProven = true;
        } else {
            sync();
        }
    }

    @Override
    public void allocate(long sizeBytes) throws IOException {
        requireOpen();
        requireNoFailure();
        try {
            long result = SystemCalls.uninterrupted(() -> calls.posixFallocate(fd, 0, sizeBytes));
            // Where the file system cannot reserve, glibc writes single bytes instead, which O_DIRECT refuses.
            if (Errno.EINVAL.is(result) || Errno.EOPNOTSUPP.is(result)) {
                extendTo(sizeBytes);
            } else {
                SystemCallException.check(result, "posix_fallocate", path);
            }
            sync();
        } catch (SystemCallException e) {
            throw e.isOfRoom() ? new NoRoomException(e.getMessage(), e) : remember(e);
        } catch (IOException e) {
            throw remember(e);
        }
    }

    private void extendTo(long sizeBytes) throws IOException {
        if (sizeBytes() < sizeBytes) {
            long result = SystemCalls.uninterrupted(() -> calls.ftruncate(fd, sizeBytes));
            SystemCallException.check(result, "ftruncate", path);
        }
    }

    private void sync() throws IOException {
        long result = SystemCalls.uninterrupted(() -> calls.fdatasync(fd));
        SystemCallException.check(result, "fdatasync", path);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        releaseBuffer();
        int result = calls.close(fd);
        // The descriptor is gone even after EINTR: close(2), NOTES.
        if (!Errno.EINTR.is(result)) {
            SystemCallException.check(result, "close", path);
        }
    }

    private boolean mayFallBack() {
        return direct && !directProven;
    }

    private void fallBack(String call) throws IOException {
        DirectOpen.clearDirectFlag(calls, fd, path);
        direct = false;
        onFallback.accept(call + " with O_DIRECT: " + Errno.describe(Errno.EINVAL.number()));
    }

    private AlignedMemory allocateMemory(long sizeBytes) throws IOException {
        return AlignedMemory.allocate(calls, Blocks.roundUp(sizeBytes, blockBytes), memoryAlignBytes, path);
    }

    private void releaseBuffer() {
        if (buffer != null) {
            buffer.close();
            buffer = null;
        }
    }

    private IOException remember(IOException e) {
        failure = e;
        return e;
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException(NativePath.printable(path) + ": already closed");
        }
    }

    private void requireNoFailure() throws IOException {
        if (failure != null) {
            throw new IOException(
                    NativePath.printable(path)
                            + ": not written, because an earlier write failed and what the device holds is unknown;"
                            + " mend the cause and start again: " + failure.getMessage(),
                    failure);
        }
    }

    private void requireWholeBlocks(long offset, long lengthBytes) {
        if (offset < 0 || !Blocks.isMultiple(offset | lengthBytes, blockBytes)) {
            throw new IllegalArgumentException("offset " + offset + " or length " + lengthBytes
                    + " is not a multiple of the block of " + blockBytes + " bytes");
        }
    }
}
