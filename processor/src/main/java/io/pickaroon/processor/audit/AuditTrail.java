package io.pickaroon.processor.audit;

import io.pickaroon.processor.audit.TrailScan.LineVisitor;
import io.pickaroon.processor.audit.TrailScan.Result;
import io.pickaroon.processor.directio.BlockFile.NoRoomException;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An audit trail that is written: lines are added at its end, each with the hash of the one before. It promises that
 *
 * <ul>
 *   <li>lines are durable when {@link Lines#end} returns, or none of them is there;
 *   <li>it has one writer;
 *   <li>what was there when it was opened follows from the place that is known, or it is refused; only what a crash has torn is
 *       cut off, and that is said.
 * </ul>
 *
 * <p>Used by one thread at a time.
 */
public final class AuditTrail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final int WRITE_BYTES = 1 << 20;

    private final TrailStore store;
    private final TrailStore.Held held;
    private final ChainHash hash;
    private final long rotateBytes;
    private TrailFile open;
    /** Up to there the present file was durable when it was opened. */
    private long durableBytes;

    private long sizeBytes;
    private String last;

    private AuditTrail(TrailStore store, TrailStore.Held held, ChainHash hash, long rotateBytes) {
        this.store = store;
        this.held = held;
        this.hash = hash;
        this.rotateBytes = rotateBytes;
    }

    /**
     * Opens a trail to be gone on with, or makes one.
     *
     * @param known a place up to which it was durable; empty if none is known, which has all of the present file checked, as has
     *     a place of another trail
     * @param after sees the lines after that place
     * @throws TrailException if it does not follow from that place, or another process writes it
     */
    public static AuditTrail open(
            TrailSettings settings, TrailStore store, Optional<TrailPlace> known, LineVisitor after)
            throws IOException {
        TrailStore.Held held = store.hold(settings.file());
        AuditTrail trail = new AuditTrail(store, held, ChainHash.of(settings.key()), settings.rotateBytes());
        try {
            trail.find(known.filter(place -> place.file().equals(held.file())), after);
            return trail;
        } catch (IOException | RuntimeException e) {
            trail.close();
            throw e;
        }
    }

    private Path file() {
        return held.file();
    }

    private void find(Optional<TrailPlace> known, LineVisitor after) throws IOException {
        List<Path> files = new ArrayList<>(store.rotated(file()));
        files.add(file());
        int at = files.size() - 1;
        Optional<String> before = Optional.empty();
        long offset = 0;
        if (known.isPresent()) {
            at = fileOf(known.get(), files);
            offset = known.get().offset();
            before = Optional.of(known.get().hash());
        } else if (at > 0) {
            before = lastHash(files.get(at - 1));
        }
        for (; at < files.size(); at++, offset = 0) {
            boolean isLast = at == files.size() - 1;
            TrailFile next = store.open(files.get(at)).orElse(null);
            if (next == null) {
                // A crash came between the two steps of a rotation, or there was never a trail.
                next = store.create(files.get(at));
                before = Optional.of(before.orElse(ChainHash.NONE));
            }
            open = next;
            Result reached = walk(next, offset, before, isLast, after);
            before = Optional.of(reached.hash());
            if (isLast) {
                durableBytes = offset;
                sizeBytes = reached.end();
                last = reached.hash();
            } else {
                next.close();
                open = null;
            }
        }
    }

    /** The index of the file that has a place; where a trail was rotated it is found in one of those. */
    private int fileOf(TrailPlace known, List<Path> files) throws IOException {
        for (int at = files.size() - 1; at >= 0; at--) {
            if (has(files.get(at), known)) {
                return at;
            }
        }
        boolean isThere = store.open(file()).map(AuditTrail::closed).isPresent();
        // Nothing was in it yet.
        if (!isThere && known.offset() == 0 && files.size() == 1) {
            return 0;
        }
        throw TrailException.unfit(
                file(),
                isThere
                        ? "the audit trail does not have the line that ended at offset %d of it: it was replaced, shortened or changed, or has another key"
                                .formatted(known.offset())
                        : "the audit trail is gone");
    }

    private static boolean closed(TrailFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("closing an audit trail", e);
        }
        return true;
    }

    private boolean has(Path path, TrailPlace known) throws IOException {
        Optional<TrailFile> found = store.open(path);
        if (found.isEmpty()) {
            return false;
        }
        try (TrailFile there = found.get()) {
            if (known.offset() == 0) {
                String first = firstPrev(there);
                return first.isEmpty() ? path.equals(file()) : first.equals(known.hash());
            }
            return TrailScan.hashBefore(there, known.offset(), hash)
                    .filter(known.hash()::equals)
                    .isPresent();
        }
    }

    /** What the first line says of the one before; empty if there is none, or it is torn. */
    private static String firstPrev(TrailFile file) throws IOException {
        byte[] start = new byte[512];
        int read = file.read(0, ByteBuffer.wrap(start));
        return TrailLine.parse(start, 0, Math.max(0, read)).map(TrailLine::prev).orElse("");
    }

    private Optional<String> lastHash(Path rotated) throws IOException {
        try (TrailFile before = store.open(rotated).orElseThrow()) {
            return before.sizeBytes() == 0
                    ? Optional.empty()
                    : Optional.of(TrailScan.hashBefore(before, before.sizeBytes(), hash)
                            .orElseThrow(() -> TrailException.unfit(rotated, "it does not end with a whole line")));
        }
    }

    private Result walk(TrailFile next, long offset, Optional<String> before, boolean isLast, LineVisitor after)
            throws IOException {
        Result reached = new TrailScan(next, hash).walk(offset, before, after);
        if (reached.bad().isPresent()) {
            if (!isLast || !reached.bad().get().isTorn()) {
                throw TrailException.broken(file(), reached.bad().get());
            }
            long cut = next.sizeBytes() - reached.end();
            LOG.warn(
                    "{}: its last {} bytes, from offset {} on, were not written to their end because of a crash; they"
                            + " are cut off, and written anew where they are still due",
                    NativePath.printable(file()),
                    cut,
                    reached.end());
            next.truncate(reached.end());
        }
        return reached;
    }

    /**
     * Writes once more what was not known to be durable when it was opened, and makes it durable: it may be there for every process, and
     * yet never reach the disk, where a sync has failed.
     */
    void writeAgain() throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(WRITE_BYTES);
        for (long at = durableBytes; at < sizeBytes; at += chunk.limit()) {
            chunk.clear().limit((int) Math.min(WRITE_BYTES, sizeBytes - at));
            open.read(at, chunk);
            open.write(at, chunk.flip());
        }
        open.sync();
    }

    /** Where it ends. */
    public TrailPlace end() {
        return new TrailPlace(file(), sizeBytes, last);
    }

    /** True if its hashes have a key. */
    public boolean isKeyed() {
        return hash.isKeyed();
    }

    /**
     * Has to be called before each group of lines: it is still what it was, and is rotated if it is large enough.
     *
     * @throws TrailException if it was moved away, replaced or shortened
     */
    public void prepare() throws IOException {
        if (!open.hasItsName()) {
            throw TrailException.unfit(file(), "the audit trail was moved away or replaced while it was written");
        }
        if (open.sizeBytes() != sizeBytes) {
            throw TrailException.unfit(
                    file(),
                    "the audit trail has %d bytes, and had %d: another program has changed it"
                            .formatted(open.sizeBytes(), sizeBytes));
        }
        if (sizeBytes >= rotateBytes) {
            rotate();
        }
    }

    private void rotate() throws IOException {
        List<Path> rotated = store.rotated(file());
        String name = NativePath.text(file().getFileName()) + ".";
        long number = rotated.isEmpty()
                ? 1
                : Long.parseLong(
                                NativePath.text(rotated.getLast().getFileName()).substring(name.length()))
                        + 1;
        Path to = file().resolveSibling(NativePath.of(name + number));
        store.rename(file(), to);
        open.close();
        open = store.create(file());
        sizeBytes = 0;
        LOG.info("{}: rotated to {}", NativePath.printable(file()), to.getFileName());
    }

    /** Makes the next line of a group. */
    public interface NextLine {
        /**
         * The line with its line feed.
         *
         * @param prev hash of the line before
         */
        byte[] after(String prev);
    }

    /** Begins to add lines. */
    public Lines lines() {
        return new Lines();
    }

    /** Lines that become durable together. */
    public final class Lines {
        private final ByteBuffer buffer = ByteBuffer.allocate(WRITE_BYTES + TrailLine.MOST_BYTES);
        private long written = sizeBytes;
        private String hashed = last;

        /**
         * Adds a line.
         *
         * @throws NoRoomException if the file system is full; then no line of these is there
         */
        public void add(NextLine next) throws IOException {
            byte[] line = next.after(hashed);
            if (line.length > TrailLine.MOST_BYTES) {
                throw new IOException("a line of an audit trail of %d bytes; use shorter names of rules or files"
                        .formatted(line.length));
            }
            hashed = hash.of(line, 0, line.length - 1);
            buffer.put(line);
            if (buffer.position() >= WRITE_BYTES) {
                write();
            }
        }

        private void write() throws IOException {
            try {
                int length = buffer.flip().remaining();
                open.write(written, buffer);
                written += length;
                buffer.clear();
            } catch (NoRoomException e) {
                open.truncate(sizeBytes);
                throw e;
            }
        }

        /** Makes them durable. */
        public void end() throws IOException {
            if (buffer.position() > 0) {
                write();
            }
            if (written > sizeBytes) {
                open.sync();
                sizeBytes = written;
                last = hashed;
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (open != null) {
                open.close();
            }
        } finally {
            held.lock().close();
        }
    }
}
