package io.pickaroon.benchmarks;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import java.io.IOException;
import java.nio.file.Path;

/** A file that passes for another: a checkpoint of many files needs no more of them than names and identities. */
record NamedFile(LogFile file, FileIdentity identity, Path path) implements LogFile {
    @Override
    public LogFile knownAs(Path name, int generation) {
        return new NamedFile(file, identity.ofGeneration(generation), name);
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
    public void sync() throws IOException {
        file.sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
