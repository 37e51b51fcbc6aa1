package io.pickaroon.processor.directio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A block file over calls that fail as planned, with what it says of a fallback. */
final class TestedBlockFile {
    static final int BLOCK = 4096;

    final FaultyCalls calls = new FaultyCalls();
    final List<String> fallbacks = new ArrayList<>();
    Path path;
    DirectBlockFile file;

    TestedBlockFile(Path path) {
        this.path = path;
    }

    void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    void create() throws IOException {
        file = DirectBlockFile.create(calls, path, fallbacks::add);
    }

    void open() throws IOException {
        file = DirectBlockFile.open(calls, path, fallbacks::add);
    }

    byte[] write(long offset, int length, long seed) throws IOException {
        ByteBuffer buffer = filled(file.buffer(length), seed);
        byte[] content = new byte[length];
        buffer.get(0, content);
        file.write(offset, buffer);
        return content;
    }

    byte[] read(long offset, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        int got = file.read(offset, into);
        assertThat(into.position()).isEqualTo(got);
        return java.util.Arrays.copyOf(into.array(), got);
    }

    static ByteBuffer filled(ByteBuffer buffer, long seed) {
        return buffer.put(0, random(buffer.limit(), seed));
    }

    static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
