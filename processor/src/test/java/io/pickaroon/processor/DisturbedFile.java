package io.pickaroon.processor;

import io.pickaroon.processor.file.ForwardingLogFile;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.nio.file.Path;

/** A real log file to which others do something just before it is read or written. Windows of it are always mapped. */
final class DisturbedFile extends ForwardingLogFile {
    /** What others do. */
    interface Disturbance {
        /** Before a positional read. */
        default void beforeRead(long offset, int lengthBytes) throws IOException {}

        /** Before a positional write. */
        default void beforeWrite(long offset, int lengthBytes) throws IOException {}
    }

    private final Disturbance disturbance;

    DisturbedFile(LogFile file, Disturbance disturbance) {
        super(file);
        this.disturbance = disturbance;
    }

    @Override
    public LogFile knownAs(Path path, int generation) {
        return new DisturbedFile(file.knownAs(path, generation), disturbance);
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
}
