package io.pickaroon.connect.read;

import io.pickaroon.connect.split.FileKey;
import io.pickaroon.processor.file.ForwardingLogFile;
import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.MappedRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** An open file whose matches have ids of its key, so that they are the same on every host. As thread-safe as the file. */
final class KeyedFile extends ForwardingLogFile {
    private final FileKey key;
    private final Optional<String> idText;

    KeyedFile(LogFile file, FileKey key) {
        super(file);
        this.key = key;
        this.idText = Optional.of(key.toString());
    }

    @Override
    public Optional<String> idText() {
        return idText;
    }

    @Override
    public LogFile knownAs(Path path, int generation) {
        return new KeyedFile(file.knownAs(path, generation), key);
    }

    @Override
    public long firstOffset() {
        return file.firstOffset();
    }

    @Override
    public MappedRange range(long offset, long endOffset, long wantedBytes) throws IOException {
        return file.range(offset, endOffset, wantedBytes);
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        file.read(offset, target);
    }

    @Override
    public int readUpTo(long offset, byte[] target, int targetIndex, int lengthBytes) throws IOException {
        return file.readUpTo(offset, target, targetIndex, lengthBytes);
    }

    @Override
    public long dataOffset(long offset) throws IOException {
        return file.dataOffset(offset);
    }
}
