package io.pickaroon.processor.simulation;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.FileTruncatedException;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A log file whose disk forgets: what was written and not synced is there for every process, and after a power failure
 * each of its sectors holds what it held after any number of the writes to it.
 *
 * <p>What the application appends is durable at once: it is none of the engine's promises.
 */
final class SimulatedLog {
    private final Path path;
    private final FileIdentity identity;
    private final Faults faults;
    private final WriteObserver observer;
    private final int sectorBytes;
    private final byte[] content;
    private final byte[] durable;
    private final List<Write> unsynced = new ArrayList<>();
    private int sizeBytes;
    private int openHandles;

    /** Sees each write of the engine before it is made. */
    interface WriteObserver {
        void beforeWrite(long offset, byte[] source, int sourceIndex, int lengthBytes);
    }

    private record Write(int offset, byte[] bytes) {}

    SimulatedLog(
            Path path, FileIdentity identity, int capacity, int sectorBytes, Faults faults, WriteObserver observer) {
        this.path = path;
        this.identity = identity;
        this.faults = faults;
        this.observer = observer;
        this.sectorBytes = sectorBytes;
        this.content = new byte[capacity];
        this.durable = new byte[capacity];
    }

    Path path() {
        return path;
    }

    FileIdentity identity() {
        return identity;
    }

    int sizeBytes() {
        return sizeBytes;
    }

    int openHandles() {
        return openHandles;
    }

    /** What a process reads at this offset. */
    byte at(int offset) {
        return content[offset];
    }

    /** What would be left there, at the worst, by a power failure now: false if these bytes differ from it. */
    boolean isDurable(int from, byte[] expected, int length) {
        return Arrays.equals(durable, from, from + length, expected, from, from + length);
    }

    void append(byte[] bytes, int from, int to) {
        System.arraycopy(bytes, from, content, sizeBytes, to - from);
        System.arraycopy(bytes, from, durable, sizeBytes, to - from);
        sizeBytes += to - from;
    }

    /** Somebody else overwrites bytes, durably. */
    void overwrite(int from, int to, byte value) {
        sync();
        Arrays.fill(content, from, to, value);
        Arrays.fill(durable, from, to, value);
    }

    private void sync() {
        for (Write write : unsynced) {
            System.arraycopy(write.bytes, 0, durable, write.offset, write.bytes.length);
        }
        unsynced.clear();
    }

    /** The process is gone, and with it its handles; the machine goes on. */
    void processDied() {
        openHandles = 0;
    }

    /** The machine is gone too. */
    void powerFailed() {
        syncInPart();
        System.arraycopy(durable, 0, content, 0, sizeBytes);
    }

    /** Some writes become durable. The others never do, unless they are made again: a failed sync is not repeated. */
    private void syncInPart() {
        BitSet sectors = new BitSet();
        for (Write write : unsynced) {
            sectors.set(write.offset / sectorBytes, (write.offset + write.bytes.length - 1) / sectorBytes + 1);
        }
        for (int sector = sectors.nextSetBit(0); sector >= 0; sector = sectors.nextSetBit(sector + 1)) {
            int from = sector * sectorBytes;
            int to = from + sectorBytes;
            for (Write write : unsynced) {
                int writeFrom = Math.max(from, write.offset);
                int writeTo = Math.min(to, write.offset + write.bytes.length);
                if (writeFrom < writeTo) {
                    if (!faults.arrives()) {
                        break;
                    }
                    System.arraycopy(write.bytes, writeFrom - write.offset, durable, writeFrom, writeTo - writeFrom);
                }
            }
        }
        unsynced.clear();
    }

    LogFile open() {
        faults.requirePower();
        openHandles++;
        return new Handle();
    }

    private final class Handle implements LogFile {
        private final Path knownPath;
        private final FileIdentity knownIdentity;
        private final boolean[] closed;

        Handle() {
            this(path, identity, new boolean[1]);
        }

        private Handle(Path knownPath, FileIdentity knownIdentity, boolean[] closed) {
            this.knownPath = knownPath;
            this.knownIdentity = knownIdentity;
            this.closed = closed;
        }

        @Override
        public LogFile knownAs(Path otherPath, int generation) {
            return new Handle(otherPath, identity.ofGeneration(generation), closed);
        }

        @Override
        public Path path() {
            return knownPath;
        }

        @Override
        public FileIdentity identity() {
            return knownIdentity;
        }

        @Override
        public long sizeBytes() {
            return sizeBytes;
        }

        private void requireOpen() throws IOException {
            faults.requirePower();
            if (closed[0]) {
                throw new ClosedChannelException();
            }
        }

        @Override
        public MappedRange map(long offset, long endOffset) throws IOException {
            requireOpen();
            requireReaches(endOffset);
            return new Range(this, offset, endOffset);
        }

        private void requireReaches(long endOffset) throws FileTruncatedException {
            if (endOffset > sizeBytes) {
                throw new FileTruncatedException(path, endOffset, sizeBytes);
            }
        }

        @Override
        public void read(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
            requireOpen();
            requireReaches(offset + lengthBytes);
            System.arraycopy(content, (int) offset, target, targetIndex, lengthBytes);
        }

        @Override
        public void write(long offset, byte[] source, int sourceIndex, int lengthBytes) throws IOException {
            requireOpen();
            Violation.unless(offset + lengthBytes <= sizeBytes, "a log grows", path);
            observer.beforeWrite(offset, source, sourceIndex, lengthBytes);
            int written = lengthBytes;
            if (faults.failsIn("write log")) {
                // A process that is killed in a write has written a beginning of it.
                written = faults.arrives() ? lengthBytes : faults.below(lengthBytes + 1);
            }
            if (written > 0) {
                byte[] bytes = Arrays.copyOfRange(source, sourceIndex, sourceIndex + written);
                unsynced.add(new Write((int) offset, bytes));
                System.arraycopy(bytes, 0, content, (int) offset, written);
            }
            faults.require();
        }

        @Override
        public void sync() throws IOException {
            requireOpen();
            if (faults.failsIn("sync log")) {
                syncInPart();
            }
            faults.require();
            SimulatedLog.this.sync();
            faults.step("log is synced");
        }

        @Override
        public void close() {
            if (!closed[0]) {
                closed[0] = true;
                openHandles--;
            }
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    private record Range(Handle handle, long offset, long endOffset) implements MappedRange {
        @Override
        public void copy(long fromOffset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
            Violation.unless(
                    fromOffset >= offset && fromOffset + lengthBytes <= endOffset, "a copy leaves the mapped range");
            handle.read(fromOffset, target, targetIndex, lengthBytes);
        }

        @Override
        public void close() {}
    }
}
