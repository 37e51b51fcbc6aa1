package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.ScriptedSink.Arrival;
import io.pickaroon.processor.checkpoint.CheckpointFile;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.decode.Gzip;
import io.pickaroon.processor.delivery.Acknowledgement;
import io.pickaroon.processor.delivery.Instance;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.input.TailTimeouts;
import io.pickaroon.processor.scan.ScannedWindow;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** What an input that starts at the end skips, and what not. */
class FirstStartsTest extends FollowedFiles {
    @Test
    void aFileThatComesAfterAFirstStartWithoutFilesIsReadFromItsBeginning() throws IOException {
        try (Run run = new Run(EMIT, true)) {
            Awaitility.await().atMost(SOON).until(() -> isNoted(run.recovery.checkpoint(), "test"));
        }
        write("late.log", lines(1, 4));
        try (Run run = new Run(EMIT, true)) {
            run.awaitInOrder(1, 4);
        }
    }

    @Test
    void whatIsWrittenBeforeADestinationIsReachedForTheFirstTimeIsRead() throws IOException {
        write("a.log", "line before\n");
        try (Recovery recovery = recovery()) {
            LogProcessor processor = processor(recovery, new Unreachable(), false, logs("test", "a", true));
            Disposable running = processor.run().subscribe();
            Awaitility.await().atMost(SOON).until(() -> isNoted(recovery.checkpoint(), "test"));
            append("a.log", lines(1, 2));
            processor.stop();
            Awaitility.await().atMost(SOON).until(running::isDisposed);
        }
        append("a.log", lines(3, 3));
        try (Run run = new Run(EMIT, true)) {
            run.awaitInOrder(1, 3);
        }
    }

    @Test
    void aFileThatIsRotatedBeforeADestinationIsReachedIsReadOnFromThere() throws IOException {
        write("a.log", "line before\n");
        try (Recovery recovery = recovery()) {
            LogProcessor processor = processor(recovery, new Unreachable(), false, logs("test", "a", true));
            Disposable running = processor.run().subscribe();
            Awaitility.await().atMost(SOON).until(() -> isNoted(recovery.checkpoint(), "test"));
            processor.stop();
            Awaitility.await().atMost(SOON).until(running::isDisposed);
        }
        append("a.log", lines(1, 1));
        Files.move(path("a.log"), path("a.log.1"));
        write("a.log", lines(2, 2));
        try (Run run = new Run(EMIT, true)) {
            run.awaitInOrder(1, 2);
        }
    }

    @Test
    void anEmptyFileIsReadFromItsFirstLine() throws IOException {
        write("a.log", "");
        try (Run run = new Run(EMIT, true)) {
            run.awaitKnown("a.log");
            append("a.log", lines(1, 2));
            run.awaitInOrder(1, 2);
        }
    }

    @Test
    void runsToTheEndSkipOnlyWhatTheFirstOneFound() throws IOException {
        write("a.log", "line old\n");
        assertThat(once(logs("test", "a", true))).isEmpty();
        append("a.log", lines(1, 1));
        write("a2.log", lines(2, 2));
        assertThat(once(logs("test", "a", true))).containsExactlyInAnyOrder("line 1", "line 2");
        assertThat(once(logs("test", "a", true))).isEmpty();
    }

    @Test
    void eachInputHasAFirstStartOfItsOwn() throws IOException {
        write("a1.log", "line old a\n");
        write("b1.log", "line old b\n");
        assertThat(once(logs("a", "a", true))).isEmpty();
        append("a1.log", "line new a\n");
        write("a2.log", "line later a\n");
        write("b2.log", "line old b2\n");
        assertThat(once(logs("a", "a", true), logs("b", "b", true)))
                .containsExactlyInAnyOrder("line new a", "line later a");
        write("b3.log", "line new b\n");
        assertThat(once(logs("a", "a", true), logs("b", "b", true))).containsExactly("line new b");
    }

    @Test
    void anInputThatStartedAtTheBeginningSkipsNothingWhenThatIsChanged() throws IOException {
        assertThat(once(logs("a", "a", false))).isEmpty();
        write("a.log", lines(1, 2));
        assertThat(once(logs("a", "a", true))).containsExactly("line 1", "line 2");
    }

    @Test
    void aRenamedInputSkipsWhatNoOneKnowsAndGoesOnWithTheRest() throws IOException {
        write("a1.log", "line old\n");
        assertThat(once(logs("a", "a", true))).isEmpty();
        append("a1.log", "line new\n");
        write("a2.log", "line of a file that no run has seen\n");
        assertThat(once(logs("renamed", "a", true))).containsExactly("line new");
    }

    @Test
    void aFileThatTwoInputsHaveIsSkippedIfTheFirstOneStartsAtTheEnd() throws IOException {
        write("ab.log", "line old\n");
        assertThat(once(logs("a", "a", false), logs("b", "ab", true))).containsExactly("line old");
        write("cd.log", "line old\n");
        assertThat(once(logs("c", "c", true), logs("d", "cd", false))).isEmpty();
    }

    @Test
    void anArchiveIsSkippedToTheEndOfWhatItHolds() throws IOException {
        String content = "line of an archive, again and again\n".repeat(200_000);
        try (OutputStream archive = new GZIPOutputStream(Files.newOutputStream(path("a.log")))) {
            archive.write(content.getBytes(StandardCharsets.US_ASCII));
        }
        LogInput archives = new LogInput(
                "test",
                new Named("a"),
                true,
                new Reading(new WindowPlan(1 << 16, 1024, Delimiter.AUTO), TailTimeouts.STANDARD, List.of(new Gzip())),
                EMIT);
        assertThat(once(archives)).isEmpty();
    }

    /** INDEPENDENT: one of that version was made a new instance before its first start. */
    @ParameterizedTest
    @EnumSource(names = {"UNNAMED", "INDEPENDENT"})
    void aCheckpointOfAVersionThatTookNoNoteCountsAsAStart(Instance.Standing standing) throws IOException {
        try (CheckpointFile checkpoint = CheckpointFile.open(state.resolve("checkpoint"))) {
            checkpoint.progress().keep(Instance.fresh("host", standing, new SecureRandom()));
            checkpoint.commit();
        }
        write("a.log", lines(1, 2));
        assertThat(once(logs("test", "a", true))).containsExactly("line 1", "line 2");
    }

    private static boolean isNoted(CheckpointFile checkpoint, String input) {
        return checkpoint.current().sections().inputStarts().containsKey(input);
    }

    /** A sink whose destination is not there, and that asks for nothing. */
    private static final class Unreachable implements MatchSink {
        @Override
        public Flux<Acknowledgement> deliver(Flux<ScannedWindow> windows) {
            return Flux.never();
        }
    }

    /** The files of the directory whose names begin so. */
    private final class Named implements Discovery {
        private final String beginning;

        Named(String beginning) {
            this.beginning = beginning;
        }

        @Override
        public Found find() throws IOException {
            try (Stream<Path> names = Files.list(directory)) {
                return new Found(names.filter(this::covers).sorted().toList(), Set.of(directory), Map.of());
            }
        }

        @Override
        public boolean covers(Path file) {
            String name = file.getFileName().toString();
            return name.startsWith(beginning) && name.endsWith(".log");
        }
    }

    private LogInput logs(String id, String beginning, boolean startAtEnd) {
        Reading reading = new Reading(new WindowPlan(4096, 1024, Delimiter.AUTO));
        return new LogInput(id, new Named(beginning), startAtEnd, reading, EMIT);
    }

    private List<String> once(LogInput... inputs) throws IOException {
        ScriptedSink sink = new ScriptedSink(1, 1);
        try (Recovery recovery = recovery()) {
            processor(recovery, sink, true, inputs).run().block(SOON);
        }
        return sink.arrivals().stream().map(Arrival::record).toList();
    }

    private Recovery recovery() throws IOException {
        return Recovery.of(state.resolve("checkpoint"));
    }

    private static LogProcessor processor(Recovery recovery, MatchSink sink, boolean once, LogInput... inputs) {
        return new LogProcessor(
                List.of(inputs),
                sink,
                RunState.of(recovery),
                new RunSettings(once, 2, 16, Duration.ofMillis(10), Duration.ofMillis(20), FAST));
    }
}
