package io.pickaroon.processor;

import io.pickaroon.processor.directio.BlockFile;
import io.pickaroon.processor.directio.BlockFile.NoRoomException;
import io.pickaroon.processor.directio.BlockStore;
import io.pickaroon.processor.directio.DirectBlockStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A real disk on which, while it is full, no file is made and none grows. What is there can be written to. */
final class FullDisk implements BlockStore {
    private final BlockStore disk = new DirectBlockStore();
    volatile boolean isFull;

    private void requireRoom(Path file) throws NoRoomException {
        if (isFull) {
            throw new NoRoomException(file + ": no space left on device", null);
        }
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public BlockFile open(Path file) throws IOException {
        return new Limited(disk.open(file));
    }

    @Override
    public BlockFile create(Path file) throws IOException {
        BlockFile created = disk.create(file);
        return new Limited(created);
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        disk.replace(from, to);
    }

    private final class Limited implements BlockFile {
        private final BlockFile file;

        Limited(BlockFile file) {
            this.file = file;
        }

        @Override
        public Path path() {
            return file.path();
        }

        @Override
        public int blockBytes() {
            return file.blockBytes();
        }

        @Override
        public boolean isDirect() {
            return file.isDirect();
        }

        @Override
        public long sizeBytes() throws IOException {
            return file.sizeBytes();
        }

        @Override
        public ByteBuffer buffer(int sizeBytes) throws IOException {
            return file.buffer(sizeBytes);
        }

        @Override
        public int read(long offset, ByteBuffer into) throws IOException {
            return file.read(offset, into);
        }

        @Override
        public void write(long offset, ByteBuffer from) throws IOException {
            if (offset + from.remaining() > sizeBytes()) {
                requireRoom(path());
            }
            file.write(offset, from);
        }

        @Override
        public void allocate(long sizeBytes) throws IOException {
            if (sizeBytes > sizeBytes()) {
                requireRoom(path());
            }
            file.allocate(sizeBytes);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
