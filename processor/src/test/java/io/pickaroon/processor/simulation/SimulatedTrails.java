package io.pickaroon.processor.simulation;

import io.pickaroon.processor.audit.TrailFile;
import io.pickaroon.processor.audit.TrailStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trails on a disk that forgets: what was written and not synced is there for every process; after a power failure some of it is, and
 * zeros in place of the other sectors. Names are durable at once.
 */
final class SimulatedTrails implements TrailStore {
    private final Map<Path, Content> files = new LinkedHashMap<>();
    private final Faults faults;
    private final int sectorBytes;
    private long changes;

    /** What each process reads, and what a power failure leaves at the worst. */
    private static final class Content {
        byte[] seen = {};
        byte[] durable = {};
    }

    SimulatedTrails(Faults faults, int sectorBytes) {
        this.faults = faults;
        this.sectorBytes = sectorBytes;
    }

    /** Number of changes so far. */
    long changes() {
        return changes;
    }

    /** All of a trail, over its rotated files, as a process reads it. */
    byte[] seen(Path file) {
        return all(file, false);
    }

    /** All of a trail that a power failure would leave. */
    byte[] durable(Path file) {
        return all(file, true);
    }

    private byte[] all(Path file, boolean durably) {
        ByteBuffer all = ByteBuffer.allocate(
                files.values().stream().mapToInt(content -> content.seen.length).sum());
        rotated(file).forEach(path -> all.put(durably ? files.get(path).durable : files.get(path).seen));
        if (files.containsKey(file)) {
            all.put(durably ? files.get(file).durable : files.get(file).seen);
        }
        return Arrays.copyOf(all.array(), all.position());
    }

    /** The machine is gone. */
    void powerFailed() {
        changes++;
        for (Content content : files.values()) {
            syncInPart(content);
            content.seen = content.durable.clone();
        }
    }

    private void syncInPart(Content content) {
        int from = content.durable.length;
        int size = faults.arrives()
                ? content.seen.length
                : Math.min(from, content.seen.length) + faults.below(Math.max(0, content.seen.length - from) + 1);
        byte[] left = Arrays.copyOf(content.durable, size);
        for (int at = from - from % sectorBytes; at < size; at += sectorBytes) {
            if (faults.arrives()) {
                int end = Math.min(size, at + sectorBytes);
                System.arraycopy(content.seen, at, left, at, end - at);
            }
        }
        content.durable = left;
    }

    @Override
    public Held hold(Path file) {
        return new Held(file, () -> {});
    }

    @Override
    public Optional<TrailFile> open(Path file) {
        faults.requirePower();
        return Optional.ofNullable(files.get(file)).map(Open::new);
    }

    @Override
    public TrailFile create(Path file) throws IOException {
        change("create trail", () -> files.put(file, new Content()));
        return new Open(files.get(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        change("rename trail", () -> files.put(to, files.remove(from)));
    }

    private void change(String what, Runnable arrive) throws IOException {
        changes++;
        boolean fails = faults.failsIn(what);
        if (!fails || faults.arrives()) {
            arrive.run();
        }
        faults.require();
    }

    @Override
    public List<Path> rotated(Path file) {
        String prefix = file.getFileName() + ".";
        return files.keySet().stream()
                .filter(path -> path.getFileName().toString().startsWith(prefix))
                .sorted(Comparator.comparingInt(
                        path -> Integer.parseInt(path.getFileName().toString().substring(prefix.length()))))
                .toList();
    }

    private final class Open implements TrailFile {
        private final Content content;

        Open(Content content) {
            this.content = content;
        }

        @Override
        public long sizeBytes() {
            return content.seen.length;
        }

        @Override
        public int read(long offset, ByteBuffer into) {
            faults.requirePower();
            int length = (int) Math.min(into.remaining(), content.seen.length - offset);
            into.put(content.seen, (int) offset, Math.max(0, length));
            return length;
        }

        @Override
        public void write(long offset, ByteBuffer bytes) throws IOException {
            changes++;
            int length = bytes.remaining();
            if (faults.failsIn("write trail")) {
                // A process that is killed in a write has written a beginning of it.
                length = faults.arrives() ? length : faults.below(length + 1);
            }
            int end = (int) offset + length;
            byte[] written = Arrays.copyOf(content.seen, Math.max(content.seen.length, end));
            bytes.get(written, (int) offset, length);
            content.seen = written;
            faults.require();
        }

        @Override
        public void sync() throws IOException {
            changes++;
            if (faults.failsIn("sync trail")) {
                syncInPart(content);
            } else {
                content.durable = content.seen.clone();
            }
            faults.require();
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            change("truncate trail", () -> {
                content.seen = Arrays.copyOf(content.seen, (int) sizeBytes);
                content.durable = Arrays.copyOf(content.durable, (int) Math.min(sizeBytes, content.durable.length));
            });
        }

        @Override
        public boolean hasItsName() {
            return files.containsValue(content);
        }

        @Override
        public void close() {}
    }
}
