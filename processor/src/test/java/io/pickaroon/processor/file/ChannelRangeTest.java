package io.pickaroon.processor.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelRangeTest {
    private static final int BYTES = 3 * 4096;

    @TempDir
    Path directory;

    /** Interpreted, and compiled by either compiler: they throw at different places. */
    @Test
    void aCopyFromATruncatedFileSaysSoHoweverOftenItHappens() throws IOException {
        Path path = directory.resolve("log");
        byte[] bytes = new byte[BYTES];
        try (RandomAccessFile writer = new RandomAccessFile(path.toFile(), "rw");
                LogFile file = LogFile.open(path)) {
            for (int round = 0; round < 5_000; round++) {
                writer.setLength(BYTES);
                try (MappedRange range = file.map(0, BYTES)) {
                    range.copy(0, bytes, 0, BYTES);
                    writer.setLength(round % 2 == 0 ? 0 : 4096);
                    assertThatThrownBy(() -> range.copy(0, bytes, 0, BYTES)).isInstanceOf(FileTruncatedException.class);
                }
            }
        }
        Files.delete(path);
    }

    @Test
    void aCopyToNativeMemorySaysSoToo() throws IOException {
        Path path = directory.resolve("log");
        try (Arena arena = Arena.ofConfined();
                RandomAccessFile writer = new RandomAccessFile(path.toFile(), "rw");
                LogFile file = LogFile.open(path)) {
            ByteBuffer memory = arena.allocate(BYTES).asByteBuffer();
            MappedRange read = new ReadRange(file, 0, BYTES);
            for (int round = 0; round < 5_000; round++) {
                writer.setLength(BYTES);
                try (MappedRange mapped = file.map(0, BYTES)) {
                    MappedRange range = round % 4 < 2 ? mapped : read;
                    range.copy(0, memory.clear());
                    writer.setLength(round % 2 == 0 ? 0 : 4096);
                    assertThatThrownBy(() -> range.copy(0, memory.clear())).isInstanceOf(FileTruncatedException.class);
                }
            }
        }
        Files.delete(path);
    }

    /** The kernel fills the page with the new end with zeros, which a read that has begun gets like any bytes. */
    @Test
    void aReadWhileTheFileIsTruncatedGivesNoZeros() throws IOException {
        byte[] content = new byte[64 * 1024];
        Arrays.fill(content, (byte) 'a');
        byte[] bytes = new byte[content.length];
        Path path = directory.resolve("log");
        try (RandomAccessFile writer = new RandomAccessFile(path.toFile(), "rw");
                LogFile file = LogFile.open(path)) {
            ByteBuffer memory = ByteBuffer.allocateDirect(content.length);
            for (int round = 0; round < 2_000; round++) {
                writer.seek(0);
                writer.write(content);
                Thread other = Thread.ofPlatform().start(() -> {
                    try {
                        writer.setLength(5_000);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                while (isReadWhole(file, memory)) {
                    memory.get(0, bytes);
                    assertThat(Arrays.equals(bytes, content)).isTrue();
                }
                join(other);
            }
        }
    }

    private static boolean isReadWhole(LogFile file, ByteBuffer memory) throws IOException {
        try {
            file.read(0, memory.clear());
            return true;
        } catch (FileTruncatedException shorter) {
            return false;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatGoesToNativeMemoryIsReadAndWhatGoesToArraysIsMapped() throws IOException {
        Path path = Files.write(directory.resolve("log"), new byte[BYTES]);
        try (LogFile file = LogFile.open(path);
                MappedRange forArrays = file.range(0, BYTES, 16 << 20);
                MappedRange forNativeMemory = file.range(0, BYTES, 0)) {
            assertThat(forArrays).isInstanceOf(ChannelRange.class);
            assertThat(forNativeMemory).isInstanceOf(ReadRange.class);
        }
    }

    @Test
    void aReadFromAClosedFileSaysSo() throws IOException {
        Path path = Files.write(directory.resolve("log"), new byte[BYTES]);
        LogFile file = LogFile.open(path);
        MappedRange range = file.range(0, BYTES, 0);
        file.close();
        assertThatThrownBy(() -> range.copy(0, ByteBuffer.allocateDirect(BYTES)))
                .hasMessage(path + " was closed while a window of it was being read");
        assertThatThrownBy(() -> range.copy(0, new byte[BYTES], 0, BYTES))
                .hasMessage(path + " was closed while a window of it was being read");
    }

    @Test
    void aFileThatIsTruncatedJustBeforeItIsMappedIsSaidToBeTruncated() throws IOException {
        Path path = Files.write(directory.resolve("log"), new byte[BYTES - 1]);
        try (FileChannel channel = FileChannel.open(path)) {
            assertThatThrownBy(() -> new ChannelRange(path, channel, 0, BYTES))
                    .isInstanceOf(FileTruncatedException.class)
                    .hasMessageContaining("was truncated to " + (BYTES - 1) + " bytes");
        }
    }

    /** The tests of truncated files above end the JVM on aarch64 if files are mapped there. */
    @Test
    void filesAreMappedOnlyWhereTheJvmSurvivesATruncation() {
        assertThat(ChannelLogFile.mayMap("amd64")).isTrue();
        assertThat(ChannelLogFile.mayMap("aarch64")).isFalse();
    }

    /** Mapped, read, and by way of the heap. */
    @Test
    void everyRangeCopiesTheSameBytesToNativeMemoryAndToAnArray() throws IOException {
        byte[] content = new byte[50_000];
        new Random(42).nextBytes(content);
        Path path = Files.write(directory.resolve("log"), content);
        try (Arena arena = Arena.ofConfined();
                LogFile file = LogFile.open(path);
                MappedRange mapped = file.map(0, content.length)) {
            MemorySegment memory = arena.allocate(content.length);
            ReadRange read = new ReadRange(file, 0, content.length);
            ReadRange byWayOfTheHeap = new ReadRange(new WithoutNativeReads(file), 0, content.length);
            for (MappedRange range : new MappedRange[] {mapped, read, byWayOfTheHeap}) {
                for (int from : new int[] {0, 1, 16_384, 40_000}) {
                    memory.fill((byte) 0);
                    int length = content.length - from - 7;
                    range.copy(from, memory.asByteBuffer().limit(length));
                    assertThat(memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE))
                            .isEqualTo(Arrays.copyOfRange(content, from, from + length));
                    assertThat(memory.get(ValueLayout.JAVA_BYTE, length))
                            .as("the byte behind it")
                            .isZero();
                }
                assertThatThrownBy(() -> range.copy(0, ByteBuffer.allocateDirect(content.length + 1)))
                        .isInstanceOfAny(IndexOutOfBoundsException.class, FileTruncatedException.class);
            }
        }
    }

    private static final class WithoutNativeReads extends ForwardingLogFile {
        WithoutNativeReads(LogFile file) {
            super(file);
        }

        @Override
        public LogFile knownAs(Path path, int generation) {
            return new WithoutNativeReads(file.knownAs(path, generation));
        }
    }
}
