package io.pickaroon.processor.following;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A real log file, under an identity that repeats from run to run. */
final class WatchedFile implements LogFile {
    private final LogFile file;
    private final FileIdentity identity;
    private final Consumer<FileIdentity> closed;

    /** @param closed is told when it is closed */
    WatchedFile(LogFile file, FileIdentity identity, Consumer<FileIdentity> closed) {
        this.file = file;
        this.identity = identity;
        this.closed = closed;
    }

    @Override
    public LogFile knownAs(Path path, int generation) {
        return new WatchedFile(file.knownAs(path, generation), identity.ofGeneration(generation), closed);
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public FileIdentity identity() {
        return identity;
    }

    @Override
    public long sizeBytes() throws IOException {
        return file.sizeBytes();
    }

    @Override
    public MappedRange map(long offset, long endOffset) throws IOException {
        return file.map(offset, endOffset);
    }

    @Override
    public void read(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        file.read(offset, target, targetIndex, lengthBytes);
    }

    @Override
    public void write(long offset, byte[] source, int sourceIndex, int lengthBytes) throws IOException {
        file.write(offset, source, sourceIndex, lengthBytes);
    }

    @Override
    public void sync() {
        // Power does not fail here, and a real sync takes its time.
    }

    @Override
    public void close() throws IOException {
        file.close();
        closed.accept(identity.ofGeneration(0));
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
