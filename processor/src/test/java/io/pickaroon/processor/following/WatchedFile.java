package io.pickaroon.processor.following;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.ForwardingLogFile;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A real log file, under an identity that repeats from run to run. */
final class WatchedFile extends ForwardingLogFile {
    private final FileIdentity identity;
    private final Consumer<FileIdentity> closed;

    /** @param closed is told when it is closed */
    WatchedFile(LogFile file, FileIdentity identity, Consumer<FileIdentity> closed) {
        super(file);
        this.identity = identity;
        this.closed = closed;
    }

    @Override
    public LogFile knownAs(Path path, int generation) {
        return new WatchedFile(file.knownAs(path, generation), identity.ofGeneration(generation), closed);
    }

    @Override
    public FileIdentity identity() {
        return identity;
    }

    @Override
    public MappedRange range(long offset, long endOffset, long wantedBytes) throws IOException {
        return file.range(offset, endOffset, wantedBytes);
    }

    @Override
    public void sync() {
        // Power does not fail here, and a real sync takes its time.
    }

    @Override
    public void close() throws IOException {
        super.close();
        closed.accept(identity.ofGeneration(0));
    }
}
