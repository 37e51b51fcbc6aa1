package io.pickaroon.connect.task;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.ForwardingLogFile;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import io.pickaroon.processor.file.ReadRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file as a host has it open. On a local file system it is the real one. Elsewhere what the host sees may be older than what it
 * is, but never older than when it was opened, and a deleted file is stale.
 */
final class SimulatedHandle extends ForwardingLogFile {
    private final Seen seen;
    private final FileIdentity identity;
    private final SimulatedFaults faults;

    /** What all names of the open file have in common. */
    private static final class Seen {
        private final WrittenLog log;
        private byte[] bytes;
        private boolean isClosed;

        Seen(WrittenLog log) {
            this.log = log;
            this.bytes = log.bytes();
        }
    }

    SimulatedHandle(LogFile real, WrittenLog log, FileIdentity identity, SimulatedFaults faults) {
        this(real, new Seen(log), identity, faults);
        log.opened();
    }

    private SimulatedHandle(LogFile real, Seen seen, FileIdentity identity, SimulatedFaults faults) {
        super(real);
        this.seen = seen;
        this.identity = identity;
        this.faults = faults;
    }

    @Override
    public LogFile knownAs(Path path, int generation) {
        return new SimulatedHandle(file.knownAs(path, generation), seen, identity.ofGeneration(generation), faults);
    }

    @Override
    public FileIdentity identity() {
        return identity;
    }

    @Override
    public long sizeBytes() throws IOException {
        look();
        return faults.isLocal() ? file.sizeBytes() : seen.bytes.length;
    }

    @Override
    public long storedBytes() throws IOException {
        return sizeBytes();
    }

    @Override
    public MappedRange map(long offset, long endOffset) throws IOException {
        if (endOffset > sizeBytes()) {
            throw new FileTruncatedException(path(), endOffset, sizeBytes());
        }
        return new ReadRange(this, offset, endOffset);
    }

    @Override
    public void read(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        look();
        if (faults.isLocal()) {
            file.read(offset, target, targetIndex, lengthBytes);
        } else if (offset + lengthBytes > seen.bytes.length) {
            throw new FileTruncatedException(path(), offset + lengthBytes, seen.bytes.length);
        } else {
            System.arraycopy(seen.bytes, (int) offset, target, targetIndex, lengthBytes);
        }
    }

    private void look() throws IOException {
        faults.beforeAccess(Optional.of(seen.log));
        if (!faults.isLocal() && seen.log.isDeleted()) {
            throw new IOException("Stale file handle");
        }
        if (!faults.isOld()) {
            seen.bytes = seen.log.bytes();
        }
    }

    @Override
    public void close() throws IOException {
        if (!seen.isClosed) {
            seen.isClosed = true;
            seen.log.closed();
        }
        super.close();
    }
}
