package io.pickaroon.processor.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A walk along the chain of one file of a trail. Memory is bounded by the longest line. Used by one thread at a time. */
public final class TrailScan {
    private static final int READ_BYTES = 1 << 18;

    /** Sees each line that fits its chain. */
    public interface LineVisitor {
        /** A line without its line feed, in {@code [from, to)}; valid during the call. */
        void line(TrailLine head, byte[] bytes, int from, int to, long offset) throws IOException;
    }

    /**
     * A line that does not fit.
     *
     * @param offset where it starts
     * @param isTorn whether a crash may have left it: it has no line feed, or NULs, which a disk gives back for what was never
     *     written to it
     * @param what says it in some words
     */
    public record Bad(long offset, boolean isTorn, String what) {}

    /**
     * Where it ended.
     *
     * @param end behind the last line that fits
     * @param hash of that line
     * @param bad what follows there; empty at the end of the file
     */
    public record Result(long end, String hash, Optional<Bad> bad) {}

    private final TrailFile file;
    private final ChainHash hash;
    private byte[] bytes = new byte[READ_BYTES];
    private int length;
    private long bufferOffset;
    /** Index of the line that comes next. */
    private int lineStart;

    public TrailScan(TrailFile file, ChainHash hash) {
        this.file = file;
        this.hash = hash;
    }

    /**
     * Walks from a place between two lines to the end of the file, or to the first line that does not fit.
     *
     * @param prev hash of the line before; empty takes the word of the first line for it
     */
    public Result walk(long offset, Optional<String> prev, LineVisitor visitor) throws IOException {
        return walk(offset, Long.MAX_VALUE, prev, visitor);
    }

    /**
     * The same, but no further than to the end of the line that has the byte before {@code limit}: what is added meanwhile is left out.
     */
    Result walk(long offset, long limit, Optional<String> prev, LineVisitor visitor) throws IOException {
        bufferOffset = offset;
        length = 0;
        lineStart = 0;
        String before = prev.orElse(null);
        while (bufferOffset + lineStart < limit) {
            int end = lineEnd();
            if (end < 0) {
                return result(before, lineStart == length ? Optional.empty() : Optional.of(unended()));
            }
            TrailLine head = TrailLine.parse(bytes, lineStart, end).orElse(null);
            boolean isTorn = hasNul(lineStart, end);
            if (isTorn || head == null || before != null && !head.prev().equals(before)) {
                String what = isTorn || head == null
                        ? "a line that is none of an audit trail"
                        : "a line that does not follow the one before it";
                return result(before, Optional.of(new Bad(bufferOffset + lineStart, isTorn, what)));
            }
            visitor.line(head, bytes, lineStart, end, bufferOffset + lineStart);
            before = hash.of(bytes, lineStart, end);
            lineStart = end + 1;
        }
        return result(before, Optional.empty());
    }

    private Result result(String before, Optional<Bad> bad) {
        return new Result(bufferOffset + lineStart, before == null ? ChainHash.NONE : before, bad);
    }

    /** The index of the line feed that ends the line that comes next; reads on as it needs to. Negative if there is none. */
    private int lineEnd() throws IOException {
        int searched = lineStart;
        while (true) {
            for (int i = searched; i < length; i++) {
                if (bytes[i] == '\n') {
                    return i;
                }
            }
            searched = length - lineStart;
            if (searched > TrailLine.MOST_BYTES || !readOn()) {
                return -1;
            }
        }
    }

    /** Moves the line to the start of the buffer, and reads what follows. False at the end of the file. */
    private boolean readOn() throws IOException {
        length -= lineStart;
        System.arraycopy(bytes, lineStart, bytes, 0, length);
        bufferOffset += lineStart;
        lineStart = 0;
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        int read = file.read(bufferOffset + length, ByteBuffer.wrap(bytes, length, bytes.length - length));
        length += Math.max(0, read);
        return read > 0;
    }

    private Bad unended() {
        boolean isTooLong = length - lineStart > TrailLine.MOST_BYTES;
        return new Bad(
                bufferOffset + lineStart,
                !isTooLong || hasNul(lineStart, length),
                isTooLong ? "a line that is too long" : "a line that was not written to its end");
    }

    private boolean hasNul(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** The hash of the line that ends at an offset, which is not 0; empty if none does. */
    public static Optional<String> hashBefore(TrailFile file, long offset, ChainHash hash) throws IOException {
        if (offset > file.sizeBytes()) {
            return Optional.empty();
        }
        for (int size = READ_BYTES; ; size = Math.min(2 * size, 2 * TrailLine.MOST_BYTES)) {
            int wanted = (int) Math.min(size, offset);
            byte[] tail = new byte[wanted];
            int read = file.read(offset - wanted, ByteBuffer.wrap(tail));
            if (read < wanted || tail[wanted - 1] != '\n') {
                return Optional.empty();
            }
            int start = wanted - 1;
            while (start > 0 && tail[start - 1] != '\n') {
                start--;
            }
            if (start > 0 || wanted == offset) {
                return Optional.of(hash.of(tail, start, wanted - 1));
            }
            if (size >= 2 * TrailLine.MOST_BYTES) {
                return Optional.empty();
            }
        }
    }
}
