package io.pickaroon.processor.window;

import io.pickaroon.processor.container.ContainerFormat;
import io.pickaroon.processor.decode.DecodedFile;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/**
 * The windows of a file whose content is decoded as they are asked for: one at a time, because the bytes of the one before
 * are forgotten then. A few MiB are in memory, and twice the longest record. Used by one thread at a time.
 */
public final class DecodedWindows {
    private static final int MOST_WINDOW_BYTES = 4 << 20;

    private final DecodedFile file;
    private final WindowPlan plan;
    private final int windowBytes;
    private final long reachBytes;
    private final long floorOffset;
    /** No window reaches further; records may. */
    private final long lastOffset;
    /** Where the scan of the last window has ended; asked only in a container log. */
    private final Supplier<Position> reached;

    private Position next;
    private IOException damage;
    /** Where the last whole record ends before the damage. */
    private long wholeOffset;

    private DecodedWindows(DecodedFile file, WindowPlan plan, Supplier<Position> reached, long lastOffset) {
        this.file = file;
        this.plan = plan;
        this.windowBytes = Math.min(plan.windowBytes(), MOST_WINDOW_BYTES);
        this.reachBytes = reachBytes(plan);
        this.reached = reached;
        this.lastOffset = lastOffset;
        this.next = reached.get();
        this.floorOffset = Window.floor(next);
    }

    /** How far outside of a window its scan may read. */
    private static long reachBytes(WindowPlan plan) {
        int partDistance = plan.format()
                .container()
                .map(ContainerFormat::maxPartDistanceBytes)
                .orElse(0);
        return (long) partDistance + plan.maxRecordBytes() + RecordStarts.DECIDING_BYTES + 4 * Delimiter.MAX_BYTES;
    }

    /**
     * All windows from a position to an end. Request the next one when the one before is scanned.
     *
     * @param reached up to where windows are scanned
     * @param endOffset where the last of them ends at the latest
     * @return fails with an {@link IOException} if the content is damaged, after the windows with what is complete
     *     before
     */
    public static Flux<Window> of(DecodedFile file, WindowPlan plan, Supplier<Position> reached, long endOffset) {
        return Flux.defer(() -> {
            DecodedWindows windows = new DecodedWindows(file, plan, reached, endOffset);
            return Flux.generate(windows::next);
        });
    }

    /** All windows from a position to the end of the content, like the other method. */
    public static Flux<Window> of(DecodedFile file, WindowPlan plan, Supplier<Position> reached) {
        return of(file, plan, reached, Long.MAX_VALUE);
    }

    /** All windows of the file. */
    public static Flux<Window> of(DecodedFile file, WindowPlan plan) throws IOException {
        long offset = ContentStart.offset(file, plan.delimiter(), false);
        // Damage after nothing but NULs is reported by the windows.
        Position first = offset < 0 ? new Position(file.sizeBytes(), true) : new Position(offset, true);
        return of(file, plan, () -> first);
    }

    /** Decodes the bytes before a position, as far back as a scan from there may read. */
    public static void skipTo(DecodedFile file, WindowPlan plan, long offset) throws IOException {
        file.decodeTo(offset, Math.max(0, offset - reachBytes(plan)));
    }

    private void next(SynchronousSink<Window> sink) {
        try {
            Window window = nextWindow();
            if (window != null) {
                next = new Position(window.endOffset(), false);
                sink.next(window);
            } else if (damage != null) {
                sink.error(damage);
            } else {
                sink.complete();
            }
        } catch (IOException e) {
            sink.error(e);
        }
    }

    /** All before a damage stays in memory then. */
    private void decodeTo(long endOffset, long keepOffset) throws IOException {
        try {
            file.decodeTo(endOffset, keepOffset);
        } catch (IOException e) {
            damage = e;
            wholeOffset = plan.complete(file, next).recordsOffset();
        }
    }

    private Window nextWindow() throws IOException {
        next = plan.format().container().isPresent() ? reached.get() : next;
        long start = next.offset();
        if (start >= lastOffset) {
            return null;
        }
        long endOffset = start + windowBytes - start % windowBytes;
        if (damage == null) {
            decodeTo(endOffset + reachBytes, Math.max(0, start - reachBytes));
        }
        long limitOffset = damage == null ? file.sizeBytes() : wholeOffset;
        endOffset = Math.min(Math.min(endOffset, lastOffset), limitOffset);
        return endOffset > start ? new Window(file, next, endOffset, limitOffset, floorOffset) : null;
    }
}
