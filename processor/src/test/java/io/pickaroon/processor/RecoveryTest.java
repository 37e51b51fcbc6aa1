package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.processor.ScriptedSink.Arrival;
import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.rule.Fix;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts after a run whose checkpoint did not become durable, although its journal did. */
class RecoveryTest {
    /** What this makes of the records below holds a match again. */
    private static final Rule SWAP = new Rule(
            "swap", new Pattern.Literal("ab", false), true, Optional.of(new Fix(new Fix.Replace("ba"), "", 0)));

    private static final RunSettings ONE_GROUP =
            new RunSettings(true, 1, 1, Duration.ofHours(1), Duration.ofSeconds(1), FollowSettings.STANDARD);

    @TempDir
    Path directory;

    private Path log;
    private Path checkpoint;

    @BeforeEach
    void crashBeforeTheCheckpointPassesTheFixes() throws IOException {
        log = Files.createFile(directory.resolve("log"));
        checkpoint = directory.resolve("checkpoint");
        assertThat(run()).isEmpty();
        Files.writeString(log, "aab\nno match\naab aab\n");
        Path before = Files.copy(checkpoint, directory.resolve("checkpoint-before"));
        assertThat(run()).containsExactly("aab", "aab aab");
        assertThat(log).hasContent("aba\nno match\naba aba\n");
        Files.move(before, checkpoint, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void fixesThatWereInterruptedAreFinished() throws IOException {
        overwrite(0, "aab");
        overwrite(17, "aab");
        assertThat(run()).isEmpty();
        assertThat(log).hasContent("aba\nno match\naba aba\n");
    }

    @Test
    void fixesThatWereInterruptedAreFinishedInAFileThatWasRotatedBehindALink() throws IOException {
        overwrite(0, "aab");
        Path real = Files.createDirectory(directory.resolve("real"));
        Path rotated = Files.move(log, real.resolve("0.log.1"));
        Files.createSymbolicLink(log, Files.writeString(real.resolve("0.log"), "xab\n"));
        assertThat(run()).containsExactly("xab");
        assertThat(rotated).hasContent("aba\nno match\naba aba\n");
    }

    @Test
    void whatFixesMadeIsNeitherEmittedNorFixed() throws IOException {
        assertThat(run()).isEmpty();
        assertThat(log).hasContent("aba\nno match\naba aba\n");
    }

    @Test
    void whatWasWrittenSinceIsReadAndFixed() throws IOException {
        Files.writeString(log, "xab\n", StandardOpenOption.APPEND);
        assertThat(run()).containsExactly("xab");
        assertThat(log).hasContent("aba\nno match\naba aba\nxba\n");
    }

    @Test
    void aRecordThatIsNoLongerTheSameIsLeftAlone() throws IOException {
        overwrite(0, "xaa");
        assertThat(run()).isEmpty();
        assertThat(log).hasContent("xaa\nno match\naba aba\n");
    }

    @Test
    void aCheckpointThatWasRemovedBeginsAnewWhateverTheJournalSays() throws IOException {
        Files.delete(checkpoint);
        assertThat(run()).containsExactly("aba", "aba aba");
    }

    @Test
    void aFileBegunAtItsEndIsResumedThereThoughNothingWasDelivered() throws IOException {
        Files.delete(checkpoint);
        ScriptedSink broken = new ScriptedSink(1, 1).refusing("xab");
        assertThat(run(broken, true)).isEmpty();
        Files.writeString(log, "xab\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> run(broken, true)).hasMessageContaining("refuses");
        Files.writeString(log, "yab\n", StandardOpenOption.APPEND);

        assertThat(run(new ScriptedSink(1, 1), true)).containsExactly("xab", "yab");
    }

    @Test
    void nothingWaitsForARotationThatNoRuleWaitsFor() throws IOException {
        run();
        try (Recovery recovery = Recovery.of(checkpoint)) {
            assertThat(recovery.checkpoint().current().entries().values())
                    .singleElement()
                    .returns(0L, CheckpointEntry::pendingBytes);
        }
    }

    private List<String> run() throws IOException {
        return run(new ScriptedSink(1, 1), false);
    }

    private List<String> run(ScriptedSink sink, boolean startAtEnd) throws IOException {
        Reading reading = new Reading(new WindowPlan(4, 2048, Delimiter.AUTO));
        LogInput input = new LogInput("test", Discovery.of(List.of(log)), startAtEnd, reading, List.of(SWAP));
        try (Recovery recovery = Recovery.of(checkpoint)) {
            new LogProcessor(List.of(input), sink, RunState.of(recovery), ONE_GROUP)
                    .run()
                    .block(Duration.ofSeconds(60));
        }
        return sink.arrivals().stream().map(Arrival::record).toList();
    }

    private void overwrite(int offset, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), offset);
        }
    }
}
