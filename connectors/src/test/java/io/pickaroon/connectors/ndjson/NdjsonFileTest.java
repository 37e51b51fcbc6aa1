package io.pickaroon.connectors.ndjson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.delivery.DeliveryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others do to an output file while lines are appended to it. */
@Timeout(60)
class NdjsonFileTest {
    @TempDir
    Path directory;

    private Path path;
    private NdjsonFile file;

    @BeforeEach
    void open() throws IOException {
        path = Files.createDirectory(directory.resolve("out")).resolve("matches.ndjson");
        file = NdjsonFile.open(path);
        append("first", "second");
    }

    @AfterEach
    void close() {
        file.close();
    }

    /** Lengths of "first\nsecond\n": all, the first line, and two cuts in the middle of a line. */
    @ParameterizedTest
    @CsvSource({"0, ''", "6, 'first|'", "3, ''", "9, 'first|'"})
    void theNextLineFollowsWhatATruncationLeft(long sizeBytes, String left) throws IOException {
        try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
            other.truncate(sizeBytes);
        }
        append("third");
        append("fourth");
        assertThat(path).hasContent(left.replace('|', '\n') + "third\nfourth\n");
    }

    @Test
    void aRenamedFileIsWrittenOnUntilItIsOpenedAnew() throws IOException {
        Path rotated = directory.resolve("out/matches.ndjson.1");
        Files.move(path, rotated);
        append("third");
        assertThat(rotated).hasContent("first\nsecond\nthird\n");
        assertThat(path).doesNotExist();
        file.close();
        file = NdjsonFile.open(path);
        append("fourth");
        assertThat(path).hasContent("fourth\n");
    }

    @Test
    void aDeletedFileIsMadeAnew() throws IOException {
        Files.delete(path);
        append("third");
        assertThat(path).hasContent("third\n");
    }

    @Test
    void aDirectoryThatIsGoneIsSaidAndTheFileComesBackWithIt() throws IOException {
        Files.delete(path);
        Files.delete(path.getParent());
        assertThatThrownBy(() -> append("third"))
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        e -> assertThat(e.isRetryable()).isTrue())
                .hasMessageContainingAll(path.toString(), "directory no longer exists");
        Files.createDirectory(path.getParent());
        append("third");
        assertThat(path).hasContent("third\n");
    }

    @Test
    void linesOfAnotherWriterStayWhole() throws IOException {
        Files.writeString(path, "from another\n", StandardOpenOption.APPEND);
        append("third");
        assertThat(path).hasContent("first\nsecond\nfrom another\nthird\n");
    }

    @Test
    void whatIsNoRegularFileIsRefused() {
        assertThatThrownBy(() -> NdjsonFile.open(directory))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining(directory + ": it is not a regular file");
    }

    private void append(String... lines) throws IOException {
        file.append(ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(UTF_8)));
    }
}
