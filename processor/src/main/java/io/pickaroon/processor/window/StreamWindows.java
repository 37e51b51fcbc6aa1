package io.pickaroon.processor.window;

import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * The windows of a stream, such as a pipe: each holds the complete lines that have arrived, so that a line is seen as soon as
 * it ends. Memory is bounded by the window, the longest record and what the caller keeps. Of a longer record, only the head
 * and its line feed become part of a window. Used by one thread at a time.
 */
public final class StreamWindows {
    /** Larger blocks leave the processor's cache before they are searched. */
    private static final int MOST_BLOCK_BYTES = 1 << 20;

    private static final int FIRST_BLOCK_BYTES = 64 * 1024;
    /** How far back the caller may keep bytes. */
    public static final int MOST_KEPT_BYTES = 16 << 20;
    /** So many bytes before a window are read to describe it. */
    private static final int READ_BEFORE_BYTES = 4096;

    private final InputStream stream;
    private final StreamedFile file;
    private final LongSupplier keepOffset;
    private final int mostBlockBytes;
    private final long longestBytes;
    private int blockBytes;
    /** Where the next window starts; there is no line feed from there up to the other offset. */
    private long next;

    private long searched;
    private boolean isMarkSkipped;
    private boolean isSkipping;
    private boolean isAtEnd;
    private IOException failure;

    /**
     * @param plan how large blocks and records may be; each line is a record
     * @param keepOffset from where on bytes are still read by the caller, asked when there is no room for others
     */
    public StreamWindows(InputStream stream, Path name, WindowPlan plan, LongSupplier keepOffset) {
        this.stream = stream;
        this.file = new StreamedFile(name);
        this.keepOffset = keepOffset;
        this.mostBlockBytes = Math.min(plan.windowBytes(), MOST_BLOCK_BYTES);
        this.blockBytes = Math.min(mostBlockBytes, FIRST_BLOCK_BYTES);
        this.longestBytes = (long) plan.maxRecordBytes() + Delimiter.MAX_BYTES;
    }

    /**
     * The next window; waits until a line is complete. Null at the end.
     *
     * @throws IOException if the stream cannot be read, after the windows with the whole lines before
     */
    public Window next() throws IOException {
        while (!isAtEnd) {
            read();
            long end = file.lastLineEnd(searched);
            searched = file.sizeBytes();
            if (end > next) {
                return window(end);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return searched > next ? window(searched) : null;
    }

    /** True if the next window has to be waited for. */
    public boolean mustWait() throws IOException {
        return !isAtEnd && stream.available() == 0;
    }

    private Window window(long end) {
        Window window = new Window(file, new Position(next, true), end, end, next);
        next = end;
        return window;
    }

    private void read() {
        try {
            int read = file.read(stream, blockBytes, this::lowestOffset);
            isAtEnd = read < 0;
            blockBytes = read == blockBytes ? Math.min(2 * blockBytes, mostBlockBytes) : blockBytes;
        } catch (IOException e) {
            isAtEnd = true;
            failure = e;
        }
        if (!isMarkSkipped && next == 0) {
            skipMark();
        }
        if (isSkipping || file.sizeBytes() - next > longestBytes && file.lastLineEnd(searched) < 0) {
            isSkipping = !file.removeToLineFeed(next + longestBytes);
            searched = Math.min(searched, next + longestBytes);
        }
    }

    private long lowestOffset() {
        long kept = Math.max(next - MOST_KEPT_BYTES, Math.min(next, keepOffset.getAsLong()));
        return Math.max(0, kept - READ_BEFORE_BYTES);
    }

    /** A byte order mark belongs to no record. */
    private void skipMark() {
        try {
            byte[] head = new byte[ContentStart.MARK_BYTES];
            if (file.sizeBytes() >= head.length) {
                file.read(0, head, 0, head.length);
                next = ContentStart.isMark(head) ? head.length : 0;
                searched = Math.max(searched, next);
                isMarkSkipped = true;
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
