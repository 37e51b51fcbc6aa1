package io.pickaroon.processor.follow;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.InputScanners;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.scan.MatchBatch;
import io.pickaroon.processor.scan.Scanner;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.RecordWalk;
import io.pickaroon.processor.window.Window;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Holds a record of a followed file back, and all after it, while records may follow that it takes along: for at most 5 s
 * from when it is seen. The last records of the file are searched for that, in each turn, by the rules that take records along which
 * stand after theirs. Changes in turns of the file, one at a time; any thread may ask. Remembers times, and no bytes.
 */
public final class HeldContext {
    private static final long NOTHING = Long.MAX_VALUE;
    private static final long LONGEST_NANOS = Duration.ofSeconds(5).toNanos();
    /** What is seen within so much time counts as seen at its beginning, so a record waits for that much less. */
    private static final long TOGETHER_NANOS = Duration.ofMillis(500).toNanos();

    /** Up to where complete records were seen at a time, or soon after. */
    private record Seen(long nanos, long limitOffset) {}

    private final Scanner scanner;
    private final RecordFormat format;
    /** Of each rule of the scanner how many records it takes along. */
    private final int[] wanted;

    private final LongSupplier nanoTime;
    private final Deque<Seen> seen = new ArrayDeque<>();
    private FileIdentity file;
    /** What stands before it was seen long enough ago. */
    private long settledOffset;

    private final int mostWanted;

    private volatile long heldOffset = NOTHING;
    private volatile long dueNanos;

    HeldContext(InputScanners input, LongSupplier nanoTime) {
        this(
                input.input().rulesWithContextAfter(),
                input.withContextAfter(),
                input.input().plan().format(),
                nanoTime);
    }

    /**
     * Holds nothing yet.
     *
     * @param rules that take records along which stand after theirs
     * @param scanner finds what they match; empty if there are none
     * @param nanoTime a clock that never goes back
     */
    public HeldContext(List<Rule> rules, Optional<Scanner> scanner, RecordFormat format, LongSupplier nanoTime) {
        this.scanner = scanner.orElse(null);
        this.format = format;
        this.wanted = rules.stream()
                .mapToInt(rule -> rule.options().context().after())
                .toArray();
        this.mostWanted = Arrays.stream(wanted).max().orElse(0);
        this.nanoTime = nanoTime;
    }

    /** Whether the record is held back that starts there. */
    boolean isHeld(long offset) {
        long held = heldOffset;
        return held == offset && held != NOTHING;
    }

    /** Where the record starts that is held back; more than any offset if there is none. */
    long heldOffset() {
        return heldOffset;
    }

    /** Whether the record that is held back has waited for long enough. */
    boolean isDue() {
        return nanoTime.getAsLong() - dueNanos >= 0;
    }

    /** Holds nothing back. Returns the limit. */
    long release(long limitOffset) {
        heldOffset = NOTHING;
        return limitOffset;
    }

    /**
     * Finds out what is to be held back.
     *
     * @param reached up to where the file was emitted
     * @param limitOffset up to where it has complete records, after that
     * @return up to where it may be emitted now
     * @throws IOException if the file cannot be read
     */
    public long hold(LogFile of, Position reached, long limitOffset) throws IOException {
        if (scanner == null) {
            return limitOffset;
        }
        see(of, limitOffset);
        long held = settledOffset < limitOffset ? find(of, reached, limitOffset) : NOTHING;
        if (held == NOTHING) {
            return release(limitOffset);
        }
        dueNanos = dueNanos(held);
        heldOffset = held;
        return held;
    }

    private void see(LogFile of, long limitOffset) {
        long now = nanoTime.getAsLong();
        if (!of.identity().equals(file)) {
            file = of.identity();
            seen.clear();
            settledOffset = 0;
        }
        Seen last = seen.peekLast();
        if (last == null || limitOffset > last.limitOffset()) {
            boolean isTogether = last != null && now - last.nanos() < TOGETHER_NANOS;
            seen.addLast(new Seen(isTogether ? seen.removeLast().nanos() : now, limitOffset));
        }
        while (!seen.isEmpty() && now - seen.peekFirst().nanos() >= LONGEST_NANOS) {
            settledOffset = seen.removeFirst().limitOffset();
        }
    }

    private long dueNanos(long offset) {
        for (Seen earlier : seen) {
            if (earlier.limitOffset() > offset) {
                return earlier.nanos() + LONGEST_NANOS;
            }
        }
        return nanoTime.getAsLong();
    }

    /** The first record that was not seen long enough ago, and that too few follow. */
    private long find(LogFile of, Position reached, long limitOffset) throws IOException {
        long[] starts = lastStarts(of, reached, limitOffset);
        if (starts.length == 0) {
            return NOTHING;
        }
        long tail = starts[starts.length - 1];
        long[] held = {NOTHING};
        scanner.scan(new Window(of, new Position(tail, true), limitOffset, limitOffset, tail), part -> {
            held[0] = firstIncomplete(part.matches(), starts);
            return held[0] == NOTHING;
        });
        return held[0];
    }

    private long firstIncomplete(MatchBatch matches, long[] starts) {
        int after = starts.length - 1;
        for (int match = 0; match < matches.size(); match++) {
            long offset = matches.recordOffset(match);
            while (after > 0 && starts[after] < offset) {
                after--;
            }
            if (after < wanted[matches.ruleIndex(match)]) {
                return offset;
            }
        }
        return NOTHING;
    }

    /**
     * Where the last records start, the last one first: as many as too few can follow, that were not emitted, nor seen long
     * enough ago, and of which each can stand together with the last one.
     */
    private long[] lastStarts(LogFile of, Position reached, long limitOffset) throws IOException {
        long spanned = limitOffset - format.maxRecordBytes() - Delimiter.MAX_BYTES;
        long lowest = Math.max(Math.max(reached.offset(), settledOffset), spanned);
        RecordWalk walk = new RecordWalk(format);
        walk.begin(of, limitOffset);
        long[] starts = new long[mostWanted];
        int count = 0;
        long start = limitOffset;
        while (count < mostWanted && start > lowest) {
            start = walk.previous(start, Math.max(0, lowest - 1));
            if (start < 0 && reached.startsRecord() && lowest == reached.offset()) {
                start = lowest;
            }
            if (start >= 0) {
                starts[count++] = start;
            }
        }
        return Arrays.copyOf(starts, count);
    }
}
