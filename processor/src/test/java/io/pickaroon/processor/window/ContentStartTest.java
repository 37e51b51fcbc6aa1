package io.pickaroon.processor.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.decode.DecodedFile;
import io.pickaroon.processor.decode.Gzip;
import io.pickaroon.processor.file.LogFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ContentStartTest {
    private static final String MARK = "\ufeff";

    @TempDir
    private Path directory;

    @Test
    void aByteOrderMarkIsPassedAtTheVeryStartAlone() throws IOException {
        assertThat(offset(MARK + "one\n", Delimiter.AUTO, false)).isEqualTo(3);
        assertThat(offset(MARK, Delimiter.AUTO, false)).isEqualTo(3);
        assertThat(offset(MARK + MARK + "one\n", Delimiter.AUTO, false)).isEqualTo(3);
        assertThat(offset("one" + MARK, Delimiter.AUTO, false)).isZero();
        assertThat(offset(MARK + "one\0", Delimiter.of("\0"), false)).isEqualTo(3);
        assertThat(offset("", Delimiter.AUTO, true)).isZero();
        Files.write(directory.resolve("a"), new byte[] {(byte) 0xef, (byte) 0xbb});
        assertThat(offset(Delimiter.AUTO, false)).isZero();
    }

    @Test
    void fewNulsAreContentUnlessATruncationIsKnown() throws IOException {
        for (int nuls : new int[] {1, 7, 15, 16, 17, 710, 65_536 + 15, 65_536 + 16, 65_536 + 17, 200_000}) {
            String content = "\0".repeat(nuls) + "one\0\0\n";

            assertThat(offset(content, Delimiter.AUTO, true)).isEqualTo(nuls);
            assertThat(offset(content, Delimiter.AUTO, false)).isEqualTo(nuls < 16 ? 0 : nuls);
        }
    }

    @Test
    void nulsThatMayEndARecordAreContent() throws IOException {
        for (String delimiter : List.of("\0", "|\0\n")) {
            assertThat(offset("\0".repeat(500) + "one\0", Delimiter.of(delimiter), true))
                    .isZero();
        }
    }

    @Test
    void whereThereAreNulsOnlyNothingIsKnown() throws IOException {
        assertThat(offset("\0".repeat(16), Delimiter.AUTO, false)).isEqualTo(-1);
        assertThat(offset("\0".repeat(65_552), Delimiter.AUTO, false)).isEqualTo(-1);
        assertThat(offset("\0\0", Delimiter.AUTO, true)).isEqualTo(-1);
        assertThat(offset("\0\0", Delimiter.AUTO, false)).isZero();
    }

    /** Reading them takes days. */
    @Test
    @Timeout(120)
    void holesArePassedByTheWordOfTheKernel() throws IOException {
        long lineOffset = (1L << 40) + 5_000;
        try (RandomAccessFile file = new RandomAccessFile(directory.resolve("a").toFile(), "rw")) {
            file.setLength(lineOffset);
            assertThat(offset(Delimiter.AUTO, false)).isEqualTo(-1);
            file.seek(lineOffset);
            file.writeBytes("one\n");
        }

        assertThat(offset(Delimiter.AUTO, false)).isEqualTo(lineOffset);
        Files.move(directory.resolve("a"), directory.resolve("b"));
        try (LogFile renamed = LogFile.open(directory.resolve("b"))) {
            assertThat(ContentStart.offset(renamed, Delimiter.AUTO, false)).isEqualTo(lineOffset);
        }
    }

    /** Where the name leads elsewhere the kernel is not asked. */
    @Test
    void aHoleOfAFileThatIsGoneIsRead() throws IOException {
        Path path = directory.resolve("a");
        Files.writeString(path, "\0".repeat(100_000) + "one\n");
        try (LogFile file = LogFile.open(path)) {
            Files.delete(path);
            assertThat(ContentStart.offset(file, Delimiter.AUTO, false)).isEqualTo(100_000);
            Files.writeString(path, "another\n");
            assertThat(ContentStart.offset(file, Delimiter.AUTO, false)).isEqualTo(100_000);
        }
    }

    @Test
    void anArchiveIsLookedIntoAsFarAsNeeded() throws IOException {
        Path path = directory.resolve("a.gz");
        byte[] content = ("\0".repeat(300_000) + "one\ntwo\n").getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write(content);
        }
        assertThat(offsetInArchive(path)).isEqualTo(300_000);
        Files.write(path, Arrays.copyOf(Files.readAllBytes(path), (int) Files.size(path) - 9));
        assertThat(offsetInArchive(path)).isEqualTo(300_000);
        Files.write(path, Arrays.copyOf(Files.readAllBytes(path), 40));
        assertThat(offsetInArchive(path)).isEqualTo(-1);
    }

    private static long offsetInArchive(Path path) throws IOException {
        try (DecodedFile file =
                DecodedFile.of(LogFile.open(path), List.of(new Gzip())).orElseThrow()) {
            return ContentStart.offset(file, Delimiter.AUTO, false);
        }
    }

    private long offset(String content, Delimiter delimiter, boolean wasTruncated) throws IOException {
        Files.writeString(directory.resolve("a"), content);
        return offset(delimiter, wasTruncated);
    }

    private long offset(Delimiter delimiter, boolean wasTruncated) throws IOException {
        try (LogFile file = LogFile.open(directory.resolve("a"))) {
            return ContentStart.offset(file, delimiter, wasTruncated);
        }
    }
}
