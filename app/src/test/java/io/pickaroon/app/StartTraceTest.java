package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a start went, as the launcher and the program say together. */
@Timeout(180)
class StartTraceTest {
    private static final Pattern LINE = Pattern.compile("pickaroon start: +([0-9.]+) ms +([0-9.]+) own  (.+)\n");
    /** The digits after the first are cut. */
    private static final double CUT_MILLIS = 0.1;

    private static final int SLOW_MILLIS = 1000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "scan -c -F ERROR log, 'launcher, JVM, parsing, logging, patterns, file, first window, end'",
        "check -c run.yaml, 'launcher, JVM, parsing, logging, configuration, files, end'",
        "--version, 'launcher, end'",
        "scan -c -F ERROR missing log, 'launcher, JVM, parsing, logging, patterns, file, first window, end'",
    })
    void thePhasesComeInOrderAndAddUpToTheStart(String command, String phases) throws Exception {
        Files.writeString(directory.resolve("log"), "an ERROR\nnone\n");
        Files.writeString(directory.resolve("run.yaml"), """
            checkpoint: { path: state/checkpoint }
            inputs: [ { id: log, include: [ log ] } ]
            rules: [ { id: errors, match: { literal: ERROR }, emit: { topic: errors } } ]
            output: { console: {} }
            """);
        InstalledProgram program = InstalledProgram.in(directory);
        Path slowJdk = slowJdk();
        long began = System.nanoTime();
        InstalledProgram.Ended ended = program.bash(
                "C.UTF-8",
                "PICKAROON_TRACE_START=1 PICKAROON_JAVA='%s' '%s/installed/bin/pickaroon' %s"
                        .formatted(slowJdk, directory, command));
        double wallMillis = (System.nanoTime() - began) / 1e6;

        List<MatchResult> lines = LINE.matcher(ended.err()).results().toList();
        assertThat(lines).as(ended.err()).extracting(line -> line.group(3)).containsExactly(phases.split(", "));
        double sum = 0;
        for (MatchResult line : lines) {
            sum += Double.parseDouble(line.group(2));
            assertThat(Double.parseDouble(line.group(1))).isCloseTo(sum, within(CUT_MILLIS * lines.size()));
        }
        // Before the launcher begins is bash, and after the end of the program the end of the JVM.
        assertThat(sum).isBetween(wallMillis / 2, wallMillis);
        assertThat(sum).isGreaterThan(SLOW_MILLIS);
    }

    /** One that takes so long to start that the end of the JVM is short beside it, on a busy machine, too. */
    private Path slowJdk() throws IOException {
        Path java = Path.of(System.getProperty("java.home"));
        Path made = directory.resolve("jdk");
        Files.createDirectories(made.resolve("bin"));
        Files.copy(java.resolve("release"), made.resolve("release"));
        Path script = Files.writeString(
                made.resolve("bin/java"),
                "#!/bin/bash\nsleep %s\nexec '%s/bin/java' \"$@\"\n".formatted(SLOW_MILLIS / 1000.0, java));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return made;
    }

    @Test
    void nothingIsSaidWhereItIsNotAskedFor() throws Exception {
        InstalledProgram.Ended ended = InstalledProgram.in(directory).bash("C.UTF-8", "pickaroon --version");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).startsWith("pickaroon ");
    }
}
