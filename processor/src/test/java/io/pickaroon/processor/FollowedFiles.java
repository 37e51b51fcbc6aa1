package io.pickaroon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.processor.ScriptedSink.Arrival;
import io.pickaroon.processor.checkpoint.CheckpointEntry;
import io.pickaroon.processor.commit.Recovery;
import io.pickaroon.processor.decode.ContentFormat;
import io.pickaroon.processor.delivery.MatchSink;
import io.pickaroon.processor.input.Discovery;
import io.pickaroon.processor.input.FollowSettings;
import io.pickaroon.processor.input.LogInput;
import io.pickaroon.processor.input.Reading;
import io.pickaroon.processor.input.RunSettings;
import io.pickaroon.processor.input.TailTimeouts;
import io.pickaroon.processor.rule.Pattern;
import io.pickaroon.processor.rule.Rule;
import io.pickaroon.processor.window.Delimiter;
import io.pickaroon.processor.window.WindowPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;

/** Real files in a real directory, what happens to them, and runs that follow them. */
public abstract class FollowedFiles {
    static final Duration SOON = Duration.ofSeconds(20);
    public static final FollowSettings FAST = new FollowSettings(
            Duration.ofMillis(300), Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofDays(7));
    public static final List<Rule> EMIT = List.of(new Rule("lines", new Pattern.Literal("line", false)));

    @TempDir
    Path directory;

    @TempDir
    Path state;

    /** What is decoded. */
    List<ContentFormat> decoded() {
        return List.of();
    }

    /** How files are read. */
    Reading reading() {
        return new Reading(new WindowPlan(4096, 1024, Delimiter.AUTO), TailTimeouts.STANDARD, decoded());
    }

    /** The checkpoint of the next run, and its journal. */
    Recovery openState() throws IOException {
        return Recovery.of(state.resolve("checkpoint"));
    }

    String lines(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining());
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    String content(String name) throws IOException {
        return Files.readString(path(name));
    }

    void write(String name, String content) throws IOException {
        Files.writeString(path(name), content);
    }

    void append(String name, String content) throws IOException {
        Files.writeString(path(name), content, StandardOpenOption.APPEND);
    }

    void truncate(String name) throws IOException {
        try (FileChannel channel = FileChannel.open(path(name), StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    /** Descriptors of this process on files of the directory, deleted ones too. */
    long openLogs() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(this::leadsHere).count();
        }
    }

    /** Whether this process has a file of the directory open. */
    boolean isOpen(String name) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.anyMatch(descriptor -> leadsTo(path(name), descriptor));
        }
    }

    private static boolean leadsTo(Path file, Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private boolean leadsHere(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(directory);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    /** The files of the directory whose names end in {@code .log}. */
    final class LogsHere implements Discovery {
        @Override
        public Found find() throws IOException {
            try (Stream<Path> names = Files.list(directory)) {
                return new Found(names.filter(this::covers).sorted().toList(), Set.of(directory), Map.of());
            }
        }

        @Override
        public boolean covers(Path file) {
            return file.toString().endsWith(".log");
        }
    }

    List<String> once(List<Rule> rules) throws IOException {
        ScriptedSink sink = new ScriptedSink(1, 1);
        try (Recovery recovery = Recovery.of(state.resolve("checkpoint"))) {
            RunSettings settings = new RunSettings(true, 2, 16, Duration.ofMillis(10), Duration.ofMillis(20), FAST);
            processor(rules, false, sink, recovery, settings).run().block(SOON);
        }
        return sink.arrivals().stream().map(Arrival::record).toList();
    }

    private LogProcessor processor(
            List<Rule> rules, boolean startAtEnd, MatchSink sink, Recovery recovery, RunSettings settings) {
        return new LogProcessor(
                List.of(new LogInput("test", new LogsHere(), startAtEnd, reading(), rules)),
                sink,
                RunState.of(recovery),
                settings);
    }

    /** A run that follows files until it is closed. */
    final class Run implements AutoCloseable {
        static final int MAX_OPEN_FILES = 16;

        /** Null if the records go elsewhere. */
        final ScriptedSink sink;

        final Recovery recovery;
        final LogProcessor processor;
        private final Disposable running;
        private final List<Throwable> failures = new ArrayList<>();

        Run(List<Rule> rules, boolean startAtEnd) throws IOException {
            this(rules, startAtEnd, FAST);
        }

        Run(List<Rule> rules, boolean startAtEnd, FollowSettings following) throws IOException {
            this(rules, startAtEnd, following, new ScriptedSink(1, 1));
        }

        Run(List<Rule> rules, boolean startAtEnd, FollowSettings following, ScriptedSink sink) throws IOException {
            this(rules, startAtEnd, following, sink, sink);
        }

        Run(List<Rule> rules, boolean startAtEnd, FollowSettings following, DistantSink destination)
                throws IOException {
            this(rules, startAtEnd, following, destination, null);
        }

        private Run(
                List<Rule> rules,
                boolean startAtEnd,
                FollowSettings following,
                MatchSink destination,
                ScriptedSink sink)
                throws IOException {
            this.sink = sink;
            recovery = openState();
            RunSettings settings =
                    new RunSettings(false, 2, MAX_OPEN_FILES, Duration.ofMillis(10), Duration.ofMillis(20), following);
            processor = processor(rules, startAtEnd, destination, recovery, settings);
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

        void awaitEnd() {
            Awaitility.await().atMost(SOON).until(running::isDisposed);
        }

        @Override
        public void close() {
            processor.stop();
            awaitEnd();
            try {
                recovery.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            assertThat(failures).isEmpty();
        }
    }
}
