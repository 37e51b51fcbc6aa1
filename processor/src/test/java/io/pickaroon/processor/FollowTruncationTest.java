package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Follows real files that are truncated, or changed by others. */
class FollowTruncationTest extends FollowedFiles {
    @Test
    void aTruncatedFileIsReadAnewAndNothingIsLostThatWasRead() throws IOException {
        write("a.log", "line 1\nline 2\n");
        try (Run run = new Run(EMIT, false)) {
            run.await("line 1", "line 2");
            truncate("a.log");
            append("a.log", "line 3\n");
            run.awaitInOrder(1, 3);
            truncate("a.log");
            append("a.log", "line 4\n");
            run.awaitInOrder(1, 4);
            assertThat(run.processor.counters().ledger().lostBytes()).isZero();
        }
        append("a.log", "line 5\n");
        assertThat(once(EMIT)).containsExactly("line 5");
    }

    @Test
    void aLineThatSomebodyChangesInPlaceDoesNotMakeItAnotherFile() throws IOException {
        write("a.log", "line 1\n");
        try (Run run = new Run(EMIT, false)) {
            run.await("line 1");
            append("a.log", "line 2\n");
            run.awaitInOrder(1, 2);
            try (FileChannel other = FileChannel.open(path("a.log"), StandardOpenOption.WRITE)) {
                other.write(ByteBuffer.wrap("LINE".getBytes(StandardCharsets.US_ASCII)), 7);
            }
            append("a.log", "line 3\n");
            run.awaitInOrder(1, 3);
        }
    }

    @Test
    void aFileThatWasTruncatedBetweenTwoRunsAndHasGrownFurtherIsReadAnew() throws IOException {
        write("a.log", "line 1\nline 2\n");
        assertThat(once(EMIT)).hasSize(2);
        write("a.log", "another line\nand one line more\n");
        assertThat(once(EMIT)).containsExactly("another line", "and one line more");
        assertThat(once(EMIT)).isEmpty();
    }

    @Test
    void bytesThatWereSeenAndTruncatedAwayAreCountedAsLost() throws IOException {
        write("a.log", "line 1\nline");
        try (Run run = new Run(EMIT, false)) {
            run.await("line 1");
            truncate("a.log");
            append("a.log", "line 2\n");
            run.awaitInOrder(1, 2);
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> run.processor.counters().ledger().lostBytes() == "line".length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"line 3\n", "line 3 goes on for longer than both\n"})
    void aFixDoesNotReachTheSameBytesOfWhatAnApplicationWroteBehindATruncation(String next) throws IOException {
        write("a.log", "line 1\nanother of them\n");
        Rule masked = new Rule(
                "masked",
                new Pattern.Literal("line", false),
                true,
                Optional.of(new Fix(new Fix.Mask('*', 0, 0), "", 0, false)));
        AtomicInteger windows = new AtomicInteger();
        ScriptedSink sink = new ScriptedSink(1, 1).whenTaken(() -> {
            if (windows.incrementAndGet() == 1) {
                replaceContent(next);
            }
        });
        try (Run run = new Run(List.of(masked), false, FAST, sink)) {
            run.await("**** 1", next.strip().replace("line", "****"));
        }
        assertThat(content("a.log")).isEqualTo(next.replace("line", "****"));
    }

    private void replaceContent(String content) {
        try {
            truncate("a.log");
            append("a.log", content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
