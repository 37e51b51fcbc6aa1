package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Directories that appear, or are replaced, while a daemon runs. It lists them by itself only once in an hour here. */
@Execution(ExecutionMode.CONCURRENT)
class LateDirectoriesTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void aDirectoryThatIsMadeWithAllThatLeadsToItIsHeardOfAtOnce() throws Exception {
        try (ForkedProgram program = follow(directory + "/app/current/log/*.log")) {
            Path log = Files.createDirectories(directory.resolve("app/current/log"));
            write(log.resolve("a.log"), "entry 1");
            await(program, "entry 1");
            Files.move(log.resolve("a.log"), log.resolve("a.log.1"));
            write(log.resolve("a.log"), "entry 2");
            await(program, "entry 1", "entry 2");
        }
    }

    @Test
    void aDirectoryThatTakesThePlaceOfAnotherOneIsFollowedAndTheOtherOneReadToItsEnd() throws Exception {
        Path log = Files.createDirectory(directory.resolve("log"));
        write(log.resolve("a.log"), "entry 1");
        try (ForkedProgram program = follow(directory + "/log/*.log")) {
            await(program, "entry 1");
            for (int i = 2; i < 5; i++) {
                Files.move(log, directory.resolve("log." + i));
                Files.createDirectory(log);
                write(log.resolve("a.log"), "entry " + i);
                awaitLast(program, "entry " + i, i);
            }
        }
    }

    @Test
    void directoriesBelowAPatternWithTwoStarsAreHeardOfHoweverDeep() throws Exception {
        try (ForkedProgram program = follow(directory + "/pods/**/*.log")) {
            for (int i = 1; i < 5; i++) {
                Path log = Files.createDirectories(directory.resolve("pods/" + i + "/a/b/c"));
                write(log.resolve("x.log"), "entry " + i);
                awaitLast(program, "entry " + i, i);
            }
        }
    }

    @Test
    void aLinkThatLeadsToADirectoryThatIsNotThereYetIsFollowed() throws Exception {
        Files.createSymbolicLink(directory.resolve("current"), Path.of("releases/7"));
        try (ForkedProgram program = follow(directory + "/current/*.log")) {
            Path release = Files.createDirectories(directory.resolve("releases/7"));
            write(release.resolve("a.log"), "entry 1");
            await(program, "entry 1");
        }
    }

    private static void write(Path log, String line) throws IOException {
        Files.writeString(log, line + "\n");
    }

    private ForkedProgram follow(String pattern) throws IOException {
        Files.writeString(directory.resolve("c.yaml"), """
            checkpoint: { path: %1$s/state/checkpoint }
            inputs: [ { id: logs, include: [ '%2$s' ] } ]
            rules: [ { id: all, match: { literal: entry }, emit: { topic: t } } ]
            output: { file: { path: %1$s/out } }
            lookInterval: 1h
            """.formatted(directory, pattern));
        ForkedProgram program = ForkedProgram.start(directory, "run", "-c", directory + "/c.yaml");
        Awaitility.await().atMost(SOON).until(() -> watches(program) > 0);
        return program;
    }

    /** Directories that the process watches. */
    private static long watches(ForkedProgram program) throws IOException {
        Path process = Path.of("/proc/" + program.process().pid());
        try (Stream<Path> descriptors = Files.list(process.resolve("fdinfo"))) {
            return descriptors
                    .flatMap(LateDirectoriesTest::linesOf)
                    .filter(line -> line.startsWith("inotify"))
                    .count();
        }
    }

    private static Stream<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException closedMeanwhile) {
            return Stream.empty();
        }
    }

    private void await(ForkedProgram program, String... records) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(
                        () -> assertThat(delivered()).as(program.errors()).containsExactly(records));
    }

    private void awaitLast(ForkedProgram program, String record, int count) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(delivered())
                        .as(program.errors())
                        .hasSize(count)
                        .last()
                        .isEqualTo(record));
    }

    private List<String> delivered() throws IOException {
        Path out = directory.resolve("out");
        return Files.exists(out)
                ? Files.readAllLines(out).stream()
                        .map(line -> line.replaceAll(".*\"record\":\"([^\"]*)\".*", "$1"))
                        .toList()
                : List.of();
    }
}
