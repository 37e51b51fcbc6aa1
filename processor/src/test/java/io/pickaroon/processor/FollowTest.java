package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.ScriptedSink.Arrival;
import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.scan.Fix;
import io.pickaroon.processor.scan.Pattern;
import io.pickaroon.processor.scan.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;

/** Follows real files through what happens to them in real directories. */
class FollowTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final FollowSettings FAST = new FollowSettings(
            Duration.ofMillis(300), Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofDays(7));
    private static final List<Rule> EMIT = List.of(new Rule("lines", new Pattern.Literal("line", false)));
    private static final List<Rule> FIX_AFTER_ROTATION = List.of(
            new Rule(
                    "secrets",
                    new Pattern.Regex("secret=(?<v>\\d+)", false),
                    true,
                    Optional.of(new Fix(new Fix.Mask('*', 0, 0), "v", 0, true))),
            new Rule(
                    "errors",
                    new Pattern.Literal("ERROR", false),
                    true,
                    Optional.of(new Fix(new Fix.Replace("FIXED"), "", 0))));

    @TempDir
    Path directory;

    @TempDir
    Path state;

    @Test
    void aFileThatAppearsLaterIsReadFromItsStartWhateverTheInputSays() throws IOException {
        write("old.log", "line before\n");
        try (Run run = new Run(EMIT, true)) {
            run.awaitKnown("old.log");
            write("new.log", "line 1\n");
            append("old.log", "line after\n");
            run.await("line 1", "line after");
        }
    }

    @Test
    void aFileThatAppearedBetweenTwoRunsIsReadFromItsStartTheOthersWhereTheyWereLeft() throws IOException {
        write("old.log", "line before\n");
        try (Run run = new Run(EMIT, true)) {
            run.awaitKnown("old.log");
        }
        append("old.log", "line meanwhile\n");
        write("new.log", "line 1\n");
        try (Run run = new Run(EMIT, true)) {
            run.await("line 1", "line meanwhile");
        }
    }

    @Test
    void aRenamedFileIsReadToItsEndBeforeTheOneThatHasItsName() throws IOException {
        write("a.log", "line 1\n");
        try (Run run = new Run(EMIT, false)) {
            run.await("line 1");
            append("a.log", lines(2, 3_000));
            Files.move(path("a.log"), path("a.log.1"));
            write("a.log", "line 3001\n");
            run.awaitInOrder(1, 3_001);
            append("a.log.1", "line 3002\n");
            run.awaitInOrder(1, 3_002);
            assertThat(run.sink.arrivals()).extracting(Arrival::file).containsOnly("a.log");
        }
    }

    @Test
    void aFileThatWasRenamedBetweenTwoRunsIsReadToItsEndUnderItsNewName() throws IOException {
        write("a.log", "line 1\n");
        try (Run run = new Run(EMIT, false)) {
            run.await("line 1");
        }
        append("a.log", "line 2\n");
        Files.move(path("a.log"), path("a.log.1"));
        write("a.log", "line 3\n");
        try (Run run = new Run(EMIT, false)) {
            run.awaitInOrder(2, 3);
        }
    }

    @Test
    void aRunToTheEndReadsARenamedFileFirst() throws IOException {
        write("a.log", "line 1\n");
        assertThat(once(EMIT)).containsExactly("line 1");
        append("a.log", "line 2\n");
        Files.move(path("a.log"), path("a.log.1"));
        write("a.log", "line 3\n");
        assertThat(once(EMIT)).containsExactly("line 2", "line 3");
        assertThat(once(EMIT)).isEmpty();
    }

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

    @Test
    void aDeletedFileIsReadToItsEndAndClosed() throws IOException {
        write("a.log", "line 1\n");
        try (Run run = new Run(EMIT, false);
                FileChannel writer = FileChannel.open(path("a.log"), StandardOpenOption.APPEND)) {
            run.await("line 1");
            Files.delete(path("a.log"));
            writer.write(StandardCharsets.UTF_8.encode("line 2\nline 3"));
            run.awaitInOrder(1, 3);
            Awaitility.await().atMost(SOON).until(() -> openLogs() == 1);
        }
    }

    /** Descriptors of this process on files of the directory, deleted ones too. */
    private long openLogs() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(this::leadsHere).count();
        }
    }

    private boolean leadsHere(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(directory);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Test
    void manyFilesAreFollowedWithFewOpen() throws IOException {
        for (int i = 0; i < 300; i++) {
            write(i + ".log", "line a" + i + "\n");
        }
        try (Run run = new Run(EMIT, false)) {
            Awaitility.await().atMost(SOON).until(() -> run.sink.arrivals().size() == 300);
            for (int i = 0; i < 300; i++) {
                append(i + ".log", "line b" + i + "\n");
            }
            Awaitility.await().atMost(SOON).until(() -> run.sink.arrivals().size() == 600);
            assertThat(openLogs()).isLessThanOrEqualTo(20);
            assertThat(Set.copyOf(run.records())).hasSize(600);
        }
    }

    @Test
    void aFixThatWaitsIsMadeWhenTheFileWasRenamedAndNotBefore() throws IOException {
        write("a.log", "secret=4711 ERROR\n");
        try (Run run = new Run(FIX_AFTER_ROTATION, false)) {
            run.await("secret=**** ERROR", "secret=**** ERROR");
            Awaitility.await().atMost(SOON).until(() -> content("a.log").equals("secret=4711 FIXED\n"));
            append("a.log", "none\nsecret=12\n");
            run.await("secret=**** ERROR", "secret=**** ERROR", "secret=**");
            assertThat(content("a.log")).isEqualTo("secret=4711 FIXED\nnone\nsecret=12\n");

            Files.move(path("a.log"), path("a.log.1"));
            write("a.log", "secret=34\n");

            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> content("a.log.1").equals("secret=**** FIXED\nnone\nsecret=**\n"));
            run.await("secret=**** ERROR", "secret=**** ERROR", "secret=**", "secret=**");
            assertThat(content("a.log")).isEqualTo("secret=34\n");
        }
    }

    @Test
    void aRunToTheEndLeavesFixesWaitingAndALaterOneMakesThem() throws IOException {
        write("a.log", "secret=4711\n");
        assertThat(once(FIX_AFTER_ROTATION)).containsExactly("secret=****");
        assertThat(content("a.log")).isEqualTo("secret=4711\n");
        Files.move(path("a.log"), path("a.log.1"));
        write("a.log", "secret=2\n");

        assertThat(once(FIX_AFTER_ROTATION)).containsExactly("secret=*");

        assertThat(content("a.log.1")).isEqualTo("secret=****\n");
        assertThat(content("a.log")).isEqualTo("secret=2\n");
        try (Recovery recovery = Recovery.of(state.resolve("checkpoint"))) {
            Map<String, Long> waiting = recovery.checkpoint().current().entries().entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> "inode " + entry.getKey().inode(),
                            entry -> entry.getValue().pendingBytes()));
            assertThat(waiting.values()).containsExactlyInAnyOrder(0L, 9L);
        }
    }

    @Test
    void whatWaitsIsFixedByTheRulesThatEmittedItOrByRulesThatEmitNothing() throws IOException {
        Fix mask = new Fix(new Fix.Mask('*', 0, 0), "v", 0, true);
        Rule numbers = new Rule("n", new Pattern.Regex("secret=(?<v>\\d+)", false), true, Optional.of(mask));
        Rule words = new Rule("w", new Pattern.Regex("secret=(?<v>\\w+)", false), true, Optional.of(mask));
        Rule silent = new Rule("s", new Pattern.Regex("pin=(?<v>\\d+)", false), false, Optional.of(mask));
        write("a.log", "secret=abc secret=12 pin=34\n");
        assertThat(once(List.of(numbers))).hasSize(1);
        append("a.log", "secret=abc secret=12 pin=34\n");
        assertThat(once(List.of(words, silent))).hasSize(1);

        Files.move(path("a.log"), path("a.log.1"));
        once(List.of(words, silent));

        assertThat(content("a.log.1")).isEqualTo("secret=abc secret=12 pin=**\n".repeat(2));
    }

    @Test
    void anotherFixOrNameOfARuleDoesNotKeepWhatWaitsFromBeingFixed() throws IOException {
        Pattern pattern = new Pattern.Regex("secret=(?<v>\\d+)", false);
        write("a.log", "secret=12\n");
        once(List.of(new Rule("a", pattern, true, Optional.of(new Fix(new Fix.Mask('*', 0, 0), "v", 0, true)))));

        Files.move(path("a.log"), path("a.log.1"));
        once(List.of(new Rule("b", pattern, true, Optional.of(new Fix(new Fix.Mask('#', 0, 0), "v", 0, true)))));

        assertThat(content("a.log.1")).isEqualTo("secret=##\n");
    }

    @Test
    void aFileThatIsGoneForLongIsForgotten() throws IOException {
        write("a.log", "line 1\n");
        write("b.log", "line 2\n");
        assertThat(once(EMIT)).hasSize(2);
        Files.delete(path("a.log"));
        FollowSettings forgetful = new FollowSettings(
                Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofSeconds(1));
        try (Run run = new Run(EMIT, false, forgetful)) {
            Awaitility.await().atMost(SOON).until(() -> run.entries().size() == 1);
        }
    }

    private String lines(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining());
    }

    private Path path(String name) {
        return directory.resolve(name);
    }

    private String content(String name) throws IOException {
        return Files.readString(path(name));
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(path(name), content);
    }

    private void append(String name, String content) throws IOException {
        Files.writeString(path(name), content, StandardOpenOption.APPEND);
    }

    private void truncate(String name) throws IOException {
        try (FileChannel channel = FileChannel.open(path(name), StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    /** The files of the directory whose names end in {@code .log}. */
    private final class LogsHere implements Discovery {
        @Override
        public Found find() throws IOException {
            try (Stream<Path> names = Files.list(directory)) {
                return new Found(names.filter(this::covers).sorted().toList(), Set.of(directory));
            }
        }

        @Override
        public boolean covers(Path file) {
            return file.toString().endsWith(".log");
        }
    }

    private List<String> once(List<Rule> rules) throws IOException {
        ScriptedSink sink = new ScriptedSink(1, 1);
        try (Recovery recovery = Recovery.of(state.resolve("checkpoint"))) {
            RunSettings settings = new RunSettings(true, 2, 16, Duration.ofMillis(10), Duration.ofMillis(20), FAST);
            processor(rules, false, sink, recovery, settings).run().block(SOON);
        }
        return sink.arrivals().stream().map(Arrival::record).toList();
    }

    private LogProcessor processor(
            List<Rule> rules, boolean startAtEnd, ScriptedSink sink, Recovery recovery, RunSettings settings) {
        WindowPlan plan = new WindowPlan(4096, 1024, Delimiter.AUTO);
        return new LogProcessor(
                List.of(new LogInput("test", new LogsHere(), startAtEnd, plan, rules)),
                sink,
                Optional.of(recovery.checkpoint()),
                Optional.of(recovery.journal()),
                settings);
    }

    /** A run that follows files until it is closed. */
    private final class Run implements AutoCloseable {
        final ScriptedSink sink = new ScriptedSink(1, 1);
        final Recovery recovery;
        final LogProcessor processor;
        private final Disposable running;
        private final List<Throwable> failures = new ArrayList<>();

        Run(List<Rule> rules, boolean startAtEnd) throws IOException {
            this(rules, startAtEnd, FAST);
        }

        Run(List<Rule> rules, boolean startAtEnd, FollowSettings following) throws IOException {
            recovery = Recovery.of(state.resolve("checkpoint"));
            RunSettings settings =
                    new RunSettings(false, 2, 16, Duration.ofMillis(10), Duration.ofMillis(20), following);
            processor = processor(rules, startAtEnd, sink, recovery, settings);
            running = processor.run().subscribe(_ -> {}, failures::add);
        }

        List<String> records() {
            return sink.arrivals().stream().map(Arrival::record).toList();
        }

        List<CheckpointEntry> entries() {
            return List.copyOf(recovery.checkpoint().current().entries().values());
        }

        void await(String... records) {
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(records()).containsExactlyInAnyOrder(records));
        }

        void awaitInOrder(int first, int last) {
            List<String> wanted = IntStream.rangeClosed(first, last)
                    .mapToObj(i -> "line " + i)
                    .toList();
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(records()).isEqualTo(wanted));
        }

        void awaitKnown(String name) {
            Awaitility.await()
                    .atMost(SOON)
                    .until(() ->
                            entries().stream().anyMatch(entry -> entry.path().equals(path(name))));
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
