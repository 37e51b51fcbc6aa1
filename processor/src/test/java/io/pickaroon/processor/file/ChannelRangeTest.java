package io.pickaroon.processor.file;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
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
            for (int round = 0; round < 20_000; round++) {
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
}
