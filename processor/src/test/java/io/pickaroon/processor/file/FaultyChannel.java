package io.pickaroon.processor.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A channel as a server may answer it: positional reads, the size and writes fail, or reads return less than there is. */
final class FaultyChannel extends FileChannel {
    private final FileChannel real;
    /** Null: none. */
    volatile IOException failure;

    volatile int mostReadBytes = Integer.MAX_VALUE;

    FaultyChannel(FileChannel real) {
        this.real = real;
    }

    private FileChannel answering() throws IOException {
        if (failure != null) {
            throw failure;
        }
        return real;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        FileChannel from = answering();
        int limit = target.limit();
        if (mostReadBytes == 0 && target.hasRemaining()) {
            return -1;
        }
        target.limit(Math.min(limit, target.position() + Math.min(mostReadBytes, target.remaining())));
        try {
            return from.read(target, position);
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public long size() throws IOException {
        return answering().size();
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        return answering().write(source, position);
    }

    @Override
    public void force(boolean metaData) throws IOException {
        answering().force(metaData);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException("an error in a mapping is a signal");
    }

    @Override
    public int read(ByteBuffer target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long newPosition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
