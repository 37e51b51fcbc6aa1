package io.pickaroon.processor.audit;

import io.pickaroon.processor.audit.TrailScan.LineVisitor;
import io.pickaroon.processor.audit.TrailScan.Result;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Checks a whole trail, with the files to which it was rotated, also while it is written: that each line follows the one before, and
 * that no number is there twice. Takes no lock and changes nothing. Memory grows with the number of checkpoints that have written
 * it. Used by one thread, once.
 */
public final class TrailVerifier {
    /**
     * What it found.
     *
     * @param files that were read, in the order of the chain
     * @param lines that were found to be sound
     * @param problem the first one; empty if there is none
     * @param isWhole whether it has the first line that was ever written, as far as is known: where lines are not here, a program
     *     has moved them elsewhere, or someone has removed them
     * @param notes what is as it may be, and worth saying
     */
    public record Verdict(List<Path> files, long lines, Optional<String> problem, boolean isWhole, List<String> notes) {
        public Verdict {
            files = List.copyOf(files);
            notes = List.copyOf(notes);
        }
    }

    /** What was announced last by a checkpoint. */
    private static final class Announced {
        private long counter;
        private int index = -1;
        private final BitSet takenBack = new BitSet();
    }

    private final Path file;
    private final ChainHash hash;
    private final List<String> notes = new ArrayList<>();
    private final Map<Long, Announced> announced = new HashMap<>();
    private final List<Path> files = new ArrayList<>();
    private final AtomicLong doneBytes = new AtomicLong();
    private final AtomicLong totalBytes = new AtomicLong();
    private long lines;
    private String problem;
    private boolean isWhole = true;

    /**
     * @param file the one that is written, or a single one to which it was rotated
     * @param key of the trail; empty if it has none
     */
    public TrailVerifier(Path file, Optional<byte[]> key) {
        this.file = file.toAbsolutePath();
        this.hash = ChainHash.of(key);
    }

    /**
     * Checks it.
     *
     * @param head a place that it must have, such as a checkpoint keeps
     * @param visitor sees the lines that are sound
     * @throws IOException if it cannot be read
     */
    public Verdict verify(Optional<TrailPlace> head, LineVisitor visitor) throws IOException {
        boolean hasHead = head.isEmpty();
        Optional<String> before = Optional.empty();
        try (OpenTrail trail = OpenTrail.of(file)) {
            files.addAll(trail.rotated());
            totalBytes.set(trail.sizeBytes());
            for (Path rotated : trail.rotated()) {
                try (TrailFile opened = ChannelTrailStore.openForReading(rotated)) {
                    hasHead |= head.isPresent() && has(opened, head.get());
                    before = walk(rotated, opened, before, visitor, false);
                }
                if (problem != null) {
                    return verdict();
                }
            }
            files.add(file);
            if (trail.last().isPresent()) {
                hasHead |= head.isPresent() && has(trail.last().get(), head.get());
                walk(file, trail.last().get(), before, visitor, true);
            } else {
                notes.add(NativePath.printable(file) + ": not there, as right after a rotation");
            }
        }
        if (problem == null && !hasHead) {
            problem =
                    "%s: the line that the checkpoint knows, which ends at offset %d, is not there: the trail was shortened, replaced or changed"
                            .formatted(
                                    NativePath.printable(file),
                                    head.orElseThrow().offset());
        }
        return verdict();
    }

    private Verdict verdict() {
        return new Verdict(files, lines, Optional.ofNullable(problem), isWhole, notes);
    }

    /** Returns the hash of the last line that is sound. */
    private Optional<String> walk(
            Path next, TrailFile opened, Optional<String> before, LineVisitor visitor, boolean isLast)
            throws IOException {
        Result reached = new TrailScan(opened, hash)
                .walk(0, opened.sizeBytes(), before, (line, bytes, from, to, offset) -> {
                    doneBytes.addAndGet(to - from + 1L);
                    if (problem == null) {
                        check(line, next, offset);
                    }
                    if (problem == null) {
                        visitor.line(line, bytes, from, to, offset);
                        lines++;
                    }
                });
        if (reached.bad().isPresent()) {
            byte[] tail = new byte[TrailLine.SHORTEST_BYTES];
            int read = opened.read(reached.end(), ByteBuffer.wrap(tail));
            note(next, reached.bad().get(), isLast && TrailLine.begins(tail, read, lines > 0));
        }
        return Optional.of(reached.hash());
    }

    /** Bytes that were read; for any thread. */
    public long doneBytes() {
        return doneBytes.get();
    }

    /** Bytes that there are to read, as far as that is known; for any thread. */
    public long totalBytes() {
        return totalBytes.get();
    }

    private boolean has(TrailFile opened, TrailPlace head) throws IOException {
        return head.offset() == 0
                || TrailScan.hashBefore(opened, head.offset(), hash)
                        .filter(head.hash()::equals)
                        .isPresent();
    }

    private void note(Path next, TrailScan.Bad bad, boolean mayBeTorn) {
        String text = "%s: %s at offset %d".formatted(NativePath.printable(next), bad.what(), bad.offset());
        if (problem != null) {
            return;
        }
        if (mayBeTorn && bad.isTorn()) {
            notes.add(text + ", as a crash leaves it; the next start cuts it off");
        } else {
            problem = text;
        }
    }

    private void check(TrailLine line, Path in, long offset) {
        if (lines == 0 && !line.prev().equals(ChainHash.NONE)) {
            isWhole = false;
            notes.add("%s: its first line follows one that is not here; what came before is not checked"
                    .formatted(NativePath.printable(in)));
        }
        Announced last = announced.computeIfAbsent(line.checkpointId(), _ -> new Announced());
        boolean isInGroup = line.counter() == last.counter && line.index() <= last.index;
        boolean isRight;
        if (line.event().equals(TrailLine.NOT_MADE)) {
            // What it takes back may be in a part of the trail that is not here.
            isRight = lines == 0 || last.index < 0 || isInGroup && !last.takenBack.get(line.index());
            last.takenBack.set(line.index());
        } else {
            isRight = line.counter() > last.counter || line.counter() == last.counter && line.index() > last.index;
            if (line.counter() > last.counter) {
                last.takenBack.clear();
            }
            last.counter = line.counter();
            last.index = line.index();
        }
        if (!isRight) {
            problem = "%s: the number %s (%s) at offset %d is there twice, or out of order"
                    .formatted(NativePath.printable(in), line.number(), line.event(), offset);
        }
    }
}
