package io.pickaroon.processor.audit;

import io.pickaroon.processor.audit.TrailScan.LineVisitor;
import io.pickaroon.processor.audit.TrailScan.Result;
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
 * Opens a trail to be gone on with: what is there has to follow from the place that is known, in the present file or in one to which it
 * was rotated; only what a crash has torn is cut off, and that is said. Used by one thread, once.
 */
final class TrailOpening {
    private static final Logger LOG = LoggerFactory.getLogger(TrailOpening.class);
    private static final long WORTH_SAYING_BYTES = 1L << 28;

    private final TrailStore store;
    private final Path file;
    private final ChainHash hash;

    /** @param file the real path of the trail, which this process holds */
    TrailOpening(TrailStore store, Path file, ChainHash hash) {
        this.store = store;
        this.file = file;
        this.hash = hash;
    }

    /**
     * The present file of a trail.
     *
     * @param durableBytes up to there it is known to be durable
     * @param sizeBytes up to there it is sound, and longer it is not
     * @param last hash of its last line, or what stands for it
     */
    record Opened(TrailFile file, long durableBytes, long sizeBytes, String last) {}

    /** Opens it, or makes it. See {@link AuditTrail#open}. */
    Opened open(Optional<TrailPlace> known, LineVisitor after) throws IOException {
        List<Path> files = new ArrayList<>(store.rotated(file));
        files.add(file);
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
        for (; at < files.size() - 1; at++, offset = 0) {
            try (TrailFile rotated = store.open(files.get(at)).orElseThrow()) {
                before = Optional.of(walk(rotated, offset, before, false, after).hash());
            }
        }
        TrailFile present = store.open(file).orElse(null);
        if (present == null) {
            // A crash came between the two steps of a rotation, or there was never a trail.
            present = store.create(file);
            before = Optional.of(before.orElse(ChainHash.NONE));
        }
        try {
            Result reached = walk(present, offset, before, true, after);
            return new Opened(present, offset, reached.end(), reached.hash());
        } catch (IOException | RuntimeException e) {
            present.close();
            throw e;
        }
    }

    /** The index of the file that has a place; where a trail was rotated it is found in one of those. */
    private int fileOf(TrailPlace known, List<Path> files) throws IOException {
        for (int at = files.size() - 1; at >= 0; at--) {
            if (has(files.get(at), known)) {
                return at;
            }
        }
        boolean isThere = store.open(file).map(TrailOpening::closed).isPresent();
        // Nothing was in it yet.
        if (!isThere && known.offset() == 0 && files.size() == 1) {
            return 0;
        }
        throw TrailException.unfit(
                file,
                isThere
                        ? "the audit trail does not have the line that ended at offset %d of it: it was replaced, shortened or changed, or has another key"
                                .formatted(known.offset())
                        : "the audit trail is gone");
    }

    private static boolean closed(TrailFile there) {
        try {
            there.close();
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
                return first.isEmpty() ? path.equals(file) : first.equals(known.hash());
            }
            return TrailScan.hashBefore(there, known.offset(), hash)
                    .filter(known.hash()::equals)
                    .isPresent();
        }
    }

    /** What the first line says of the one before; empty if there is none, or it is torn. */
    private static String firstPrev(TrailFile there) throws IOException {
        byte[] start = new byte[512];
        int read = there.read(0, ByteBuffer.wrap(start));
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
        if (next.sizeBytes() - offset > WORTH_SAYING_BYTES) {
            LOG.info("{}: checking {} bytes of the audit trail", NativePath.printable(file), next.sizeBytes() - offset);
        }
        Result reached = new TrailScan(next, hash).walk(offset, before, after);
        if (reached.bad().isPresent()) {
            if (!isLast || !reached.bad().get().isTorn()) {
                throw TrailException.broken(file, reached.bad().get());
            }
            requireTorn(next, reached, before.isPresent());
            long cut = next.sizeBytes() - reached.end();
            LOG.warn(
                    "{}: its last {} bytes, from offset {} on, were not written to their end because of a crash; they"
                            + " are cut off, and written anew where they are still due",
                    NativePath.printable(file),
                    cut,
                    reached.end());
            next.truncate(reached.end());
        }
        return reached;
    }

    /**
     * What is cut off has to be the beginning of a line; anything else was not written by us.
     *
     * @param isOurs whether it is known to be a trail, so that NULs are what a disk gives back for what was never written to it
     */
    private void requireTorn(TrailFile torn, Result reached, boolean isOurs) throws IOException {
        byte[] tail = new byte[TrailLine.SHORTEST_BYTES];
        int read = torn.read(reached.end(), ByteBuffer.wrap(tail));
        if (!TrailLine.begins(tail, read, isOurs || reached.end() > 0)) {
            throw TrailException.noTrail(file, reached.end());
        }
    }
}
