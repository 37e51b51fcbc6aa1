package io.pickaroon.app.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts entries of four numbers in bounded memory: up to {@link #BUFFERED} of them are sorted there, and each such run goes to a
 * file that has no name any more; in the end all runs are merged. 32 bytes of disk for each entry. For one thread.
 */
final class SortedEntries implements AutoCloseable {
    /** Of which a run has so many; 10 MiB. */
    static final int BUFFERED = 1 << 18;

    private static final int LONGS = 4;
    private static final int ENTRY_BYTES = LONGS * Long.BYTES;
    /** Of all runs together, while they are merged. */
    private static final int MERGE_BYTES = 32 << 20;

    private static final int LEAST_MERGE_BYTES = 128 * ENTRY_BYTES;
    private static final int MOST_MERGE_BYTES = 1 << 20;

    /** Takes entries in their order: by the first number, then by the second one, and so on. */
    interface Taker {
        void take(long group, long offset, long kind, long place) throws IOException;
    }

    private final Path directory;
    private final int buffered;
    private final long[] numbers;
    private final int[] order;
    private final int[] spare;
    private final List<Run> runs = new ArrayList<>();
    private FileChannel file;
    private int count;

    /** A part of the file. */
    private record Run(long startByte, long endByte) {}

    /** @param directory with room for the file, which is made when it is needed */
    SortedEntries(Path directory) {
        this(directory, BUFFERED);
    }

    SortedEntries(Path directory, int buffered) {
        this.directory = directory;
        this.buffered = buffered;
        this.numbers = new long[buffered * LONGS];
        this.order = new int[buffered];
        this.spare = new int[buffered];
    }

    /** Adds an entry. */
    void add(long group, long offset, long kind, long place) throws IOException {
        if (count == buffered) {
            spill();
        }
        int at = count++ * LONGS;
        numbers[at] = group;
        numbers[at + 1] = offset;
        numbers[at + 2] = kind;
        numbers[at + 3] = place;
    }

    private void spill() throws IOException {
        sort();
        if (file == null) {
            Path path = Files.createTempFile(directory, "pickaroon-verify", ".tmp");
            file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        }
        ByteBuffer bytes = ByteBuffer.allocate(MOST_MERGE_BYTES);
        LongBuffer longs = bytes.asLongBuffer();
        long startByte = file.size();
        for (int i = 0; i < count; i++) {
            longs.put(numbers, order[i] * LONGS, LONGS);
            if (longs.remaining() < LONGS || i == count - 1) {
                bytes.limit(longs.position() * Long.BYTES);
                write(bytes);
                bytes.clear();
                longs.clear();
            }
        }
        runs.add(new Run(startByte, file.size()));
        count = 0;
    }

    private void write(ByteBuffer bytes) throws IOException {
        long at = file.size();
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    /** Orders the entries by merging; those that come in order already stay as they are. */
    private void sort() {
        boolean isInOrder = true;
        for (int i = 0; i < count; i++) {
            order[i] = i;
            isInOrder &= i == 0 || compare(i - 1, i) <= 0;
        }
        int[] from = order;
        int[] to = spare;
        boolean isInOrderArray = true;
        for (int width = 1; width < count && !isInOrder; width *= 2) {
            for (int start = 0; start < count; start += 2 * width) {
                merge(from, to, start, Math.min(start + width, count), Math.min(start + 2 * width, count));
            }
            int[] sorted = to;
            to = from;
            from = sorted;
            isInOrderArray = !isInOrderArray;
        }
        if (!isInOrderArray) {
            System.arraycopy(spare, 0, order, 0, count);
        }
    }

    private void merge(int[] from, int[] to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takesLeft = right == end || left < middle && compare(from[left], from[right]) <= 0;
            to[i] = takesLeft ? from[left++] : from[right++];
        }
    }

    private int compare(int one, int other) {
        for (int i = 0; i < LONGS; i++) {
            int order = Long.compare(numbers[one * LONGS + i], numbers[other * LONGS + i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Passes all entries on, once. */
    void forEach(Taker taker) throws IOException {
        if (runs.isEmpty()) {
            sort();
            for (int i = 0; i < count; i++) {
                int at = order[i] * LONGS;
                taker.take(numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]);
            }
            return;
        }
        spill();
        int bufferBytes = Math.clamp(MERGE_BYTES / runs.size(), LEAST_MERGE_BYTES, MOST_MERGE_BYTES);
        PriorityQueue<Cursor> cursors = new PriorityQueue<>(Cursor.ORDER);
        for (Run run : runs) {
            Cursor cursor = new Cursor(run, bufferBytes - bufferBytes % ENTRY_BYTES);
            if (cursor.next()) {
                cursors.add(cursor);
            }
        }
        while (!cursors.isEmpty()) {
            Cursor least = cursors.poll();
            taker.take(least.entry[0], least.entry[1], least.entry[2], least.entry[3]);
            if (least.next()) {
                cursors.add(least);
            }
        }
    }

    /** The entry of a run that comes next. */
    private final class Cursor {
        static final Comparator<Cursor> ORDER = (one, other) -> {
            for (int i = 0; i < LONGS; i++) {
                int order = Long.compare(one.entry[i], other.entry[i]);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };

        final long[] entry = new long[LONGS];
        private final long endByte;
        private final ByteBuffer bytes;
        private long at;

        Cursor(Run run, int bufferBytes) {
            at = run.startByte();
            endByte = run.endByte();
            bytes = ByteBuffer.allocate(bufferBytes).limit(0);
        }

        boolean next() throws IOException {
            if (!bytes.hasRemaining()) {
                if (at == endByte) {
                    return false;
                }
                bytes.clear().limit((int) Math.min(bytes.capacity(), endByte - at));
                while (bytes.hasRemaining()) {
                    at += file.read(bytes, at);
                }
                bytes.flip();
            }
            for (int i = 0; i < LONGS; i++) {
                entry[i] = bytes.getLong();
            }
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
