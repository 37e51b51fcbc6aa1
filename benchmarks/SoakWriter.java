import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileSighting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Writes whole records, many at once, until it is asked for something else. */
final class SoakWriter extends Thread {
    /** Then it waits for the rotation, which compresses, copies and compares no faster if files become larger. */
    private static final long MOST_FILE_BYTES = 768L << 20;

    private static final int CHUNK_BYTES = 256 << 10;
    private static final long BURST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    enum Wish {
        GO_ON,
        PAUSE,
        REOPEN,
        END
    }

    final SoakRecords records;
    final SoakFiles files;
    private final Path path;
    private final long backlogBytes;
    private final double bytesPerSecond;
    private final ArrayDeque<Stretch> stretches = new ArrayDeque<>();
    private Stretch present;
    private FileIdentity afterTruncation;
    private Wish wish = Wish.GO_ON;
    private boolean isFulfilled = true;
    volatile long written;
    volatile long bytes;
    volatile long doneBytes;
    volatile boolean isHeld;
    volatile long mostBehindBytes;
    volatile long writingNanos;
    volatile long heldNanos;
    private long endedStretchesBytes;

    SoakWriter(String name, Path path, long backlogBytes, double bytesPerSecond) {
        super(name);
        setDaemon(true);
        this.records = new SoakRecords(name, CHUNK_BYTES + SoakRecords.LONGEST_BYTES);
        this.files = new SoakFiles(name);
        this.path = path;
        this.backlogBytes = backlogBytes;
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Returns when the writer has taken notice. */
    synchronized void ask(Wish wanted) throws InterruptedException {
        wish = wanted;
        isFulfilled = false;
        notifyAll();
        while (!isFulfilled && isAlive()) {
            wait(100);
        }
    }

    /** What the daemon is through with. */
    synchronized void saw(Map<FileIdentity, CheckpointEntry> entries) {
        long done = endedStretchesBytes;
        for (Stretch stretch : stretches) {
            stretch.saw(entries);
            done += stretch.doneBytes;
        }
        while (stretches.size() > 1 && stretches.getFirst().doneBytes == stretches.getFirst().bytes) {
            endedStretchesBytes += stretches.removeFirst().bytes;
        }
        doneBytes = done;
    }

    synchronized boolean isKnown(Map<FileIdentity, CheckpointEntry> entries) {
        return present != null && present.newest(entries).isPresent();
    }

    /** The daemon is through with the present file, and its next generation begins if it is truncated now. */
    synchronized void mayBeTruncated(Map<FileIdentity, CheckpointEntry> entries) {
        int generation = present.newest(entries).orElseThrow().getKey().generation();
        afterTruncation = present.identity.ofGeneration(generation + 1);
    }

    /** The present file begins anew: what the daemon is through with counts when it has noticed, as it may have by now. */
    synchronized void wasTruncated() {
        begin(afterTruncation);
    }

    private synchronized void begin(FileIdentity identity) {
        present = new Stretch(identity);
        stretches.add(present);
    }

    @Override
    public void run() {
        try {
            FileChannel out = open();
            begin(FileSighting.at(path).orElseThrow().identity());
            long startNanos = System.nanoTime();
            long burstNanos = startNanos;
            while (true) {
                long next = written;
                long beganNanos = System.nanoTime();
                for (records.end = 0; records.end < CHUNK_BYTES; next++) {
                    records.add(next, SoakRecords.Form.WRITTEN);
                    records.delimit();
                }
                long madeNanos = System.nanoTime();
                writingNanos += madeNanos - beganNanos;
                boolean isBurstOver = getName().equals("bursts") && madeNanos - burstNanos > BURST_NANOS;
                long silentUntil = isBurstOver ? madeNanos + SILENCE_NANOS : madeNanos;
                if (bytesPerSecond > 0) {
                    silentUntil = Math.max(silentUntil, startNanos + (long) (bytes / bytesPerSecond * 1e9));
                }
                burstNanos = isBurstOver ? silentUntil : burstNanos;
                Wish reached = await(silentUntil);
                while (reached != Wish.GO_ON) {
                    if (reached == Wish.END) {
                        out.close();
                        fulfilled();
                        return;
                    }
                    out.close();
                    out = open();
                    begin(FileSighting.at(path).orElseThrow().identity());
                    fulfilled();
                    reached = await(silentUntil);
                }
                beganNanos = System.nanoTime();
                write(out);
                writingNanos += System.nanoTime() - beganNanos;
                written = next;
            }
        } catch (IOException | InterruptedException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private synchronized void fulfilled() {
        wish = wish == Wish.END ? Wish.END : Wish.GO_ON;
        isFulfilled = true;
        notifyAll();
    }

    /** Returns when the time has come, and the daemon is near enough, or when there is something else to do. */
    private synchronized Wish await(long silentUntilNanos) throws InterruptedException {
        while (wish == Wish.GO_ON || wish == Wish.PAUSE) {
            long nanos = System.nanoTime();
            boolean isSilent = silentUntilNanos - nanos > 0;
            boolean isBehind = bytes + records.end - doneBytes > backlogBytes || present.bytes > MOST_FILE_BYTES;
            isHeld = wish == Wish.PAUSE || isBehind;
            isFulfilled = true;
            notifyAll();
            if (!isHeld && !isSilent) {
                break;
            }
            wait(5);
            heldNanos += isHeld ? System.nanoTime() - nanos : 0;
        }
        isHeld = false;
        return wish;
    }

    /** A line may be cut by the end of a write; not one of several of a record, of which the rest must not come late. */
    private void write(FileChannel out) throws IOException {
        int cut = records.isTrace ? 0 : (int) (written * 31 % records.end);
        put(out, 0, cut);
        put(out, cut, records.end);
        mostBehindBytes = Math.max(mostBehindBytes, bytes - doneBytes);
    }

    private void put(FileChannel out, int from, int to) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(records.bytes, from, to - from);
        while (buffer.hasRemaining()) {
            int count = out.write(buffer);
            present.bytes += count;
            bytes += count;
        }
    }

    /** What a writer wrote to one file between its opening, or truncation, and the next. */
    private static final class Stretch {
        final FileIdentity identity;
        volatile long bytes;
        long doneBytes;

        Stretch(FileIdentity identity) {
            this.identity = identity;
        }

        /** The newest generation that the daemon knows of this file, from the given one on. */
        Optional<Map.Entry<FileIdentity, CheckpointEntry>> newest(Map<FileIdentity, CheckpointEntry> entries) {
            return entries.entrySet().stream()
                    .filter(entry -> entry.getKey().isSameInode(identity)
                            && entry.getKey().generation() >= identity.generation())
                    .max(Map.Entry.comparingByKey(Comparator.comparingInt(FileIdentity::generation)));
        }

        void saw(Map<FileIdentity, CheckpointEntry> entries) {
            newest(entries)
                    .ifPresent(entry -> doneBytes = Math.max(
                            doneBytes,
                            Math.min(bytes, entry.getValue().position().offset())));
        }
    }
}
