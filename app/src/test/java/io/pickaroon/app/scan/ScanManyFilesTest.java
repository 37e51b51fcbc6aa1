package io.pickaroon.app.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several files are searched at a time; nothing of it is seen. */
@Timeout(120)
class ScanManyFilesTest {
    private static final int FILES = 150;
    private static final String[] OPTIONS = {
        "-n -C1", "-v", "-c", "-l", "-L", "-o", "-m2 -A3", "-c -v", "-n --color=always -B2", "--by-pattern", "-q"
    };

    @TempDir
    private Path directory;

    private final List<Path> files = new ArrayList<>();

    @BeforeEach
    void writeFiles() throws IOException {
        Random random = new Random(8);
        for (int number = 0; number < FILES; number++) {
            // Most have one window, some have many, and a few print more than is kept until it is their turn.
            int lines = number % 40 == 11 ? 8_000 : number % 7 == 3 ? 400 : random.nextInt(20);
            Path file = Files.createDirectories(directory.resolve("d" + number % 5))
                    .resolve(number + (number % 10 == 6 ? ".gz" : ".log"));
            try (OutputStream output = number % 10 == 6
                    ? new GZIPOutputStream(Files.newOutputStream(file))
                    : Files.newOutputStream(file)) {
                output.write(GrepCase.log(random, lines));
            }
            files.add(number % 30 == 17 ? directory.resolve("missing-" + number) : file);
        }
        files.add(60, Path.of("-"));
        files.add(90, directory.resolve("d1"));
    }

    private CommandRun run(int threads, String options, List<Path> named) {
        List<Object> arguments = new ArrayList<>(List.of("scan", "--window-bytes", "4KiB", "--threads", threads));
        arguments.addAll(List.of(options.split(" ")));
        arguments.addAll(List.of("-e", "took|ms$|x_y", "-F", "ERROR"));
        arguments.addAll(named);
        return CommandRun.withInput(
                new ByteArrayInputStream("one\nERROR of standard input\n".getBytes(StandardCharsets.UTF_8)),
                arguments.toArray());
    }

    @Test
    void outputAndMessagesAreThoseOfOneThread() {
        for (String options : OPTIONS) {
            CommandRun one = run(1, options, files);
            for (int threads : new int[] {2, 5}) {
                CommandRun several = run(threads, options, files);
                assertThat(several.outputBytes()).as(options).isEqualTo(one.outputBytes());
                assertThat(several.errors()).as(options).isEqualTo(one.errors());
                assertThat(several.exitCode()).as(options).isEqualTo(one.exitCode());
            }
        }
    }

    @Test
    void soAreThoseOfATree() {
        for (String options : OPTIONS) {
            CommandRun one = run(1, "-r " + options, List.of(directory));
            CommandRun several = run(4, "-r " + options, List.of(directory));
            assertThat(several.outputBytes()).as(options).isEqualTo(one.outputBytes());
            assertThat(several.errors()).as(options).isEqualTo(one.errors());
            assertThat(several.exitCode()).as(options).isEqualTo(one.exitCode());
        }
    }

    @Test
    void whereTheAnswerIsKnownNothingElseIsComplainedAbout() throws IOException {
        Path found = Files.writeString(directory.resolve("found"), "ERROR\n");
        Path missing = directory.resolve("missing");
        for (int round = 0; round < 50; round++) {
            assertThat(run(4, "-q", List.of(found, missing, missing)).errors()).isEmpty();
            CommandRun after = run(4, "-q", List.of(missing, found));
            assertThat(after.errors()).contains("missing");
            assertThat(after.exitCode()).isZero();
        }
    }

    @Test
    void noThreadIsLeft() {
        run(3, "-c", files);
        // A thread that has no more to do may still be on its way out.
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().startsWith("search-files")));
    }
}
