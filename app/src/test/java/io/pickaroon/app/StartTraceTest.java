package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
        long began = System.nanoTime();
        InstalledProgram.Ended ended = program.bash(
                "C.UTF-8", "PICKAROON_TRACE_START=1 '%s/installed/bin/pickaroon' %s".formatted(directory, command));
        double wallMillis = (System.nanoTime() - began) / 1e6;

        List<MatchResult> lines = LINE.matcher(ended.err()).results().toList();
        assertThat(lines).as(ended.err()).extracting(line -> line.group(3)).containsExactly(phases.split(", "));
        double sum = 0;
        for (MatchResult line : lines) {
            sum += Double.parseDouble(line.group(2));
            assertThat(Double.parseDouble(line.group(1))).isCloseTo(sum, within(CUT_MILLIS * lines.size()));
        }
        // Before the launcher begins is bash, and after the end of the program the end of the JVM.
        assertThat(sum).isPositive().isLessThan(wallMillis);
    }

    @Test
    void nothingIsSaidWhereItIsNotAskedFor() throws Exception {
        InstalledProgram.Ended ended = InstalledProgram.in(directory).bash("C.UTF-8", "pickaroon --version");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).startsWith("pickaroon ");
    }
}
