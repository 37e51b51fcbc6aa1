package io.pickaroon.app.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.ForkedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scan whose output goes to a file that it reads would find what it has found, without end. */
class ScanOwnOutputTest {
    private static final int LINES = 20_000;
    private static final int BOUND_SECONDS = 60;

    @TempDir
    private Path directory;

    @BeforeEach
    void writeLogs() throws IOException {
        Files.writeString(directory.resolve("a.log"), "ERROR one\n".repeat(LINES));
        Files.createSymbolicLink(directory.resolve("other-name"), directory.resolve("output"));
    }

    private ForkedProgram scan(int exitCode, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("scan", "-F", "ERROR"));
        all.addAll(List.of(arguments));
        try (ForkedProgram program = ForkedProgram.start(directory, all.toArray(String[]::new))) {
            assertThat(program.end(BOUND_SECONDS)).as(program.errors()).isEqualTo(exitCode);
            return program;
        }
    }

    @Test
    void theFileThatTheOutputGoesToIsNotSearched() throws Exception {
        ForkedProgram tree = scan(2, "-r", directory.toString());
        assertThat(tree.output().lines()).hasSize(LINES);
        assertThat(tree.errors())
                .endsWith("pickaroon: " + directory.resolve("output")
                        + ": not searched, because the output goes there; write it to another file, or exclude it\n");

        ForkedProgram named = scan(
                2,
                directory.resolve("a.log").toString(),
                directory.resolve("other-name").toString());
        assertThat(named.output().lines()).hasSize(LINES);
        assertThat(named.errors()).contains("other-name: not searched, because the output goes there");
    }

    @Test
    void itIsWhereThatDoesNoHarm() throws Exception {
        String output = directory.resolve("output").toString();
        String log = directory.resolve("a.log").toString();
        assertThat(scan(0, "-c", log, output).output()).isEqualTo("%s:%d\n%s:0\n".formatted(log, LINES, output));
        assertThat(scan(0, "-m1", log, output).errors()).doesNotContain("not searched");
        assertThat(scan(0, "-r", "--exclude", "output", directory.toString()).errors())
                .doesNotContain("not searched");
    }
}
