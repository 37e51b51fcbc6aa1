package io.pickaroon.processor;

import io.pickaroon.processor.file.FileIdentity;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import java.io.IOException;
import java.nio.file.Path;

/** A real log file to which others do something just before it is read or written. Windows of it are always mapped. */
record DisturbedFile(LogFile file, Disturbance disturbance) implements LogFile {
    /** What others do. */
    interface Disturbance {
        /** Before a positional read. */
        default void beforeRead(long offset, int lengthBytes) throws IOException {}

        /** Before a positional write. */
        default void beforeWrite(long offset, int lengthBytes) throws IOException {}
    }

    @Override
    public LogFile knownAs(Path path, int generation) {
        return new DisturbedFile(file.knownAs(path, generation), disturbance);
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public FileIdentity identity() {
        return file.identity();
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
        disturbance.beforeRead(offset, lengthBytes);
        file.read(offset, target, targetIndex, lengthBytes);
    }

    @Override
    public void write(long offset, byte[] source, int sourceIndex, int lengthBytes) throws IOException {
        disturbance.beforeWrite(offset, lengthBytes);
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
