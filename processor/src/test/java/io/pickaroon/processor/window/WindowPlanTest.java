package io.pickaroon.processor.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.file.LogFile;
import io.pickaroon.processor.file.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowPlanTest {
    @TempDir
    Path directory;

    @Test
    void cutsAtMultiplesOfTheWindowSizeWhereverItBegins() throws IOException {
        try (LogFile file = LogFile.open(Files.writeString(directory.resolve("log"), "x".repeat(100)))) {
            List<Window> windows = new WindowPlan(32, 10, Delimiter.AUTO)
                    .windows(file, new Position(5, true), 100)
                    .collectList()
                    .block();
            assertThat(windows).extracting(Window::startOffset).containsExactly(5L, 32L, 64L, 96L);
            assertThat(windows).extracting(Window::endOffset).containsExactly(32L, 64L, 96L, 100L);
            assertThat(windows).extracting(w -> w.start().startsRecord()).containsExactly(true, false, false, false);
        }
    }

    @Test
    void aGrowingFileIsReadUpToTheEndOfItsLastCompleteRecord() throws IOException {
        assertThat(limit("one\ntwo\nthr", Delimiter.AUTO, 100)).isEqualTo(8);
        assertThat(limit("one\ntwo\n", Delimiter.AUTO, 100)).isEqualTo(8);
        assertThat(limit("on", Delimiter.AUTO, 100)).isZero();
        assertThat(limit("", Delimiter.AUTO, 100)).isZero();
        assertThat(limit("one\r\ntwo\nthree\r", Delimiter.CRLF, 100)).isEqualTo(5);
    }

    @Test
    void aRecordThatIsAlreadyTooLongIsNotWaitedFor() throws IOException {
        assertThat(limit("one\n" + "x".repeat(50), Delimiter.AUTO, 10)).isEqualTo(54);
        assertThat(limit("one\n" + "x".repeat(10), Delimiter.AUTO, 10)).isEqualTo(4);
    }

    @Test
    void theLimitAgreesWithALookAtTheWholeText() throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder("x".repeat(random.nextInt(40_000)));
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append("abc\r\n".charAt(random.nextInt(5)));
            }
            text.append("\r\n").append("y".repeat(random.nextInt(40_000)));
            assertThat(limit(text.toString(), Delimiter.AUTO, 100_000)).isEqualTo(text.lastIndexOf("\n") + 1);
            assertThat(limit(text.toString(), Delimiter.CRLF, 100_000)).isEqualTo(text.lastIndexOf("\r\n") + 2);
        }
    }

    private long limit(String content, Delimiter delimiter, int maxRecordBytes) throws IOException {
        Path path = Files.writeString(directory.resolve("log"), content, StandardCharsets.US_ASCII);
        try (LogFile file = LogFile.open(path)) {
            return new WindowPlan(64, maxRecordBytes, delimiter)
                    .complete(file, Position.START)
                    .recordsOffset();
        }
    }
}
