package io.pickaroon.processor.audit;

import io.pickaroon.processor.audit.TrailScan.LineVisitor;
import io.pickaroon.processor.directio.BlockFile.NoRoomException;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
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
    private final long durableBytes;

    private long sizeBytes;
    private String last;

    private AuditTrail(
            TrailStore store, TrailStore.Held held, ChainHash hash, long rotateBytes, TrailOpening.Opened opened) {
        this.store = store;
        this.held = held;
        this.hash = hash;
        this.rotateBytes = rotateBytes;
        this.open = opened.file();
        this.durableBytes = opened.durableBytes();
        this.sizeBytes = opened.sizeBytes();
        this.last = opened.last();
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
        ChainHash hash = ChainHash.of(settings.key());
        try {
            TrailOpening.Opened opened = new TrailOpening(store, held.file(), hash)
                    .open(known.filter(place -> place.file().equals(held.file())), after);
            return new AuditTrail(store, held, hash, settings.rotateBytes(), opened);
        } catch (IOException | RuntimeException e) {
            held.lock().close();
            throw e;
        }
    }

    private Path file() {
        return held.file();
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
            open.close();
        } finally {
            held.lock().close();
        }
    }
}
