package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.ScriptedSink.Arrival;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.decode.Gzip;
import io.pickaroon.processor.decode.Utf16;
import io.pickaroon.processor.file.Position;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.input.TailTimeouts;
import io.pickaroon.processor.metrics.Ledger;
import io.pickaroon.processor.rule.Multiline;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.RecordFormat;
import io.pickaroon.processor.window.RecordStarts;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;

/** What becomes of the end of a file that is followed. */
class TailTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Optional<RecordStarts> TRACES = Optional.of(Multiline.continuedBy("^\\s"));
    private static final List<Rule> EVERY = List.of(new Rule("every", new Pattern.Regex("", false)));

    @TempDir
    Path directory;

    @TempDir
    Path state;

    @Test
    void aRecordOfSeveralLinesIsDeliveredWhenTheNextOneBegins() throws IOException {
        write("a.log", "one\n at x\n");
        try (Run run = new Run(TRACES, new TailTimeouts(LONG, Optional.empty()))) {
            append("a.log", " at y\ntwo\n");
            run.await("one\n at x\n at y");
            append("a.log", " at z\n");
            append("a.log", "three\n");
            run.await("one\n at x\n at y", "two\n at z");
        }
    }

    @Test
    void theLastRecordIsDeliveredAfterSomeSilenceAndWhatComesLaterIsAnother() throws IOException {
        write("a.log", "one\n at x\n");
        try (Run run = new Run(TRACES, new TailTimeouts(SHORT, Optional.empty()))) {
            run.await("one\n at x");
            append("a.log", " at y\n at unfini");
            run.await("one\n at x", " at y");
            append("a.log", "shed\ntwo\n");
            run.await("one\n at x", " at y", " at unfinished", "two");
        }
    }

    @Test
    void aRecordThatWaitsWhenARunEndsIsWholeInTheNext() throws IOException {
        write("a.log", "zero\none\n at x\n");
        try (Run run = new Run(TRACES, new TailTimeouts(LONG, Optional.empty()))) {
            run.await("zero");
        }
        append("a.log", " at y\n");
        try (Run run = new Run(TRACES, new TailTimeouts(SHORT, Optional.empty()))) {
            run.await("one\n at x\n at y");
        }
    }

    @Test
    void theLastRecordOfARotatedFileComesBeforeTheFirstOfTheNextOne() throws IOException {
        write("a.log", "one\n");
        try (Run run = new Run(TRACES, new TailTimeouts(Duration.ofSeconds(1), Optional.empty()))) {
            run.await("one");
            append("a.log", "two\n at x\n");
            Files.move(path("a.log"), path("a.log.1"));
            write("a.log", "three\nfour\n");
            append("a.log.1", " at y\n");
            run.await("one", "two\n at x\n at y", "three", "four");
        }
    }

    @Test
    void aLineThatNobodyEndsIsDeliveredAfterSomeSilenceIfThatIsWanted() throws IOException {
        write("a.log", "one\nunfini");
        try (Run run = new Run(Optional.empty(), new TailTimeouts(LONG, Optional.of(SHORT)))) {
            run.await("one", "unfini");
            append("a.log", "shed\n");
            run.await("one", "unfini", "shed");
        }
    }

    @Test
    void aLineThatNobodyEndsWaitsOtherwise() throws IOException {
        write("a.log", "unfini");
        try (Run run = new Run(Optional.empty(), TailTimeouts.STANDARD)) {
            write("b.log", "b\n");
            run.await("b");
            append("a.log", "shed\n");
            run.await("b", "unfinished");
        }
    }

    @Test
    void nothingFollowsARecordThatSilenceEndedBeforeThatIsDurable() throws IOException {
        write("a.log", "one\n at x\n");
        try (Run run = new Run(TRACES, new TailTimeouts(SHORT, Optional.empty()))) {
            run.await("one\n at x");
            append("a.log", " at y\ntwo\n");
            run.await("one\n at x", " at y");
            assertThat(run.durable()).isGreaterThanOrEqualTo(new Position(10, true).offset());
        }
    }

    @Test
    void anArchiveIsLeftOutAndSaid() throws IOException {
        Files.write(path("a.log.gz"), new byte[] {31, (byte) 139, 8, 0, '\n'});
        write("b.log", "b\n");
        try (Run run = new Run(Optional.empty(), TailTimeouts.STANDARD)) {
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(run.problems())
                            .singleElement()
                            .asString()
                            .contains("a.log.gz is gzip content", "'run --once' does"));
            run.await("b");
        }
    }

    @Test
    void theLastRecordOfTextInUtf16WaitsAsAnyDoes() throws IOException {
        Files.write(path("a.log"), "\ufeffone\n at x\n".getBytes(StandardCharsets.UTF_16LE));
        try (Run run = new Run(TRACES, new TailTimeouts(SHORT, Optional.empty()))) {
            run.await("one\n at x");
            Files.write(path("a.log"), " at y".getBytes(StandardCharsets.UTF_16LE), StandardOpenOption.APPEND);
            Files.write(path("a.log"), "\n".getBytes(StandardCharsets.UTF_16LE), StandardOpenOption.APPEND);
            run.await("one\n at x", " at y");
        }
        Files.write(path("b.log"), Arrays.copyOf("\ufeffunfini\u20ac".getBytes(StandardCharsets.UTF_16LE), 15));
        try (Run run = new Run(Optional.empty(), new TailTimeouts(LONG, Optional.of(SHORT)))) {
            run.await("unfini");
            Files.write(path("b.log"), new byte[] {0x20, '\n', 0}, StandardOpenOption.APPEND);
            run.await("unfini", "\u20ac");
        }
    }

    private Path path(String name) {
        return directory.resolve(name);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(path(name), content);
    }

    private void append(String name, String content) throws IOException {
        Files.writeString(path(name), content, StandardOpenOption.APPEND);
    }

    /** Follows {@code a.log}, {@code b.log} and {@code a.log.gz} until it is closed. */
    private final class Run implements AutoCloseable {
        private static final FollowSettings FAST = new FollowSettings(
                Duration.ofMillis(300), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofDays(7));

        private final ScriptedSink sink = new ScriptedSink(1, 1);
        private final Recovery recovery = Recovery.of(state.resolve("checkpoint"));
        private final LogProcessor processor;
        private final Disposable running;
        private final List<Throwable> failures = new ArrayList<>();

        Run(Optional<RecordStarts> starts, TailTimeouts tail) throws IOException {
            WindowPlan plan = new WindowPlan(4096, new RecordFormat(Delimiter.AUTO, 1024, starts));
            Discovery logs = Discovery.of(List.of(path("a.log"), path("b.log"), path("a.log.gz")));
            Reading reading = new Reading(plan, tail, List.of(new Gzip(), new Utf16()));
            processor = new LogProcessor(
                    List.of(new LogInput("test", logs, false, reading, EVERY)),
                    sink,
                    RunState.of(recovery),
                    new RunSettings(false, 2, 16, Duration.ofMillis(10), Duration.ofMillis(20), FAST));
            running = processor.run().subscribe(_ -> {}, failures::add);
        }

        void await(String... records) {
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(sink.arrivals())
                            .extracting(Arrival::record)
                            .containsExactly(records));
        }

        List<Ledger.FileProblem> problems() {
            return processor.counters().ledger().problems();
        }

        long durable() {
            return recovery.checkpoint().current().entries().values().stream()
                    .mapToLong(entry -> entry.position().offset())
                    .sum();
        }

        @Override
        public void close() {
            processor.stop();
            Awaitility.await().atMost(SOON).until(running::isDisposed);
            try {
                recovery.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            assertThat(failures).isEmpty();
        }
    }
}
