package io.pickaroon.processor.file;

import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A log file that forwards to another one, except for the methods that a subclass overrides. Closing one closes both. One
 * whose content is decoded is never changed.
 *
 * <p>Not forwarded are {@link #range} and {@link #readUpTo}, which call {@link #map} and {@link #read}: so a subclass
 * that overrides one changes both.
 */
public abstract class ForwardingLogFile implements LogFile {
    protected final LogFile file;

    protected ForwardingLogFile(LogFile file) {
        this.file = file;
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
    public Optional<String> idText() {
        return file.idText();
    }

    @Override
    public long sizeBytes() throws IOException {
        return file.sizeBytes();
    }

    @Override
    public long storedBytes() throws IOException {
        return file.storedBytes();
    }

    @Override
    public boolean isDecoded() {
        return file.isDecoded();
    }

    @Override
    public boolean hasTrueSize() throws IOException {
        return file.hasTrueSize();
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
        requireChangeable();
        file.write(offset, source, sourceIndex, lengthBytes);
    }

    @Override
    public void sync() throws IOException {
        requireChangeable();
        file.sync();
    }

    private void requireChangeable() throws IOException {
        if (isDecoded()) {
            throw new IOException(NativePath.printable(path()) + ": decoded content is never changed");
        }
    }

    @Override
    public void reopen(Path at) throws IOException {
        file.reopen(at);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    @Override
    public String toString() {
        return NativePath.printable(path());
    }
}
