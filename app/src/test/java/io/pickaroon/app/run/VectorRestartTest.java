package io.pickaroon.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.InstalledProgram;
import io.pickaroon.app.InstalledProgram.Ended;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The program in a process of its own, which the launcher starts without the Vector API. */
@Execution(ExecutionMode.CONCURRENT)
class VectorRestartTest {
    /** There is none for a JVM with vectors, and one would be made. */
    private static final String NO_CACHE = "export PICKAROON_START_CACHE=off";

    private static final String FIVE = "one, two, three, four, five";
    private static final String SEEN = """
        seen() {
            for i in {1..1200}; do
                ! tr '\\0' '\\n' </proc/$1/cmdline | grep -qx -e "$2" || return 0
                kill -0 $1 || return 1
                sleep 0.05
            done
            return 1
        }\
        """;

    @TempDir
    Path directory;

    private InstalledProgram program;

    @BeforeEach
    void install() throws IOException {
        program = InstalledProgram.in(directory);
        try (RandomAccessFile large =
                new RandomAccessFile(directory.resolve("large").toFile(), "rw")) {
            large.setLength(300L << 20);
            large.seek(large.length());
            large.write("\nrecord five\n".getBytes(StandardCharsets.US_ASCII));
        }
        Files.writeString(directory.resolve("small"), "record five\n");
    }

    private void configure(String name, String log, String texts) throws IOException {
        Files.writeString(directory.resolve(name), """
            checkpoint: { path: state-%1$s/checkpoint }
            inputs: [ { id: logs, include: [ %2$s ] } ]
            rules: [ { id: r, match: { anyOf: [ %3$s ] }, emit: { topic: t } } ]
            output: { file: { path: out-%1$s } }
            """.formatted(name, log, texts));
    }

    @Test
    void aRunThatFollowsFilesForManyTextsIsTheSameProcessWithVectors() throws Exception {
        configure("c", "small", FIVE);
        Ended ended = program.bash(
                "C.UTF-8",
                NO_CACHE,
                SEEN,
                "exec 5<small",
                "installed/bin/pickaroon run -c c & pid=$!",
                "seen $pid --add-modules=jdk.incubator.vector || echo 'no vectors'",
                "for i in {1..1200}; do ! [[ -s out-c ]] || break; sleep 0.05; done",
                "readlink /proc/$pid/fd/5",
                "kill $pid; wait $pid; echo $?");
        assertThat(ended.out()).as(ended.err()).isEqualTo(directory.toRealPath() + "/small\n143\n");
        assertThat(directory.resolve("out-c")).content().contains("record five");
    }

    @Test
    void aRunOfMuchForManyTextsStartsAgainWithTheBytesOfItsArguments() throws Exception {
        configure("c", "large", FIVE);
        Ended ended = program.bash(
                "C.UTF-8",
                NO_CACHE,
                "mv installed/bin/pickaroon installed/bin/again",
                "printf '#!/bin/sh\\n"
                        + "echo again $PICKAROON_VECTORS >&2\\n"
                        + "exec \"%s\" \"$@\"\\n"
                        + "' $PWD/installed/bin/again >installed/bin/pickaroon",
                "chmod +x installed/bin/pickaroon",
                "mv c 'c \u00e4'",
                "installed/bin/again run --once -c 'c \u00e4'; echo $?");
        assertThat(ended.out()).as(ended.err()).isEqualTo("0\n");
        assertThat(ended.err()).startsWith("again on\n");
        assertThat(directory.resolve("out-c")).content().contains("record five");
    }

    /** A run of digits has no byte to begin with. */
    @Test
    void aRunOfMuchForAnExpressionWithoutARareByteStartsAgain() throws Exception {
        configure("c", "large", "x");
        Path configuration = directory.resolve("c");
        Files.writeString(
                configuration, Files.readString(configuration).replace("anyOf: [ x ]", "regex: '\\b\\d{13,19}\\b'"));
        Ended ended = program.bash(
                "C.UTF-8",
                NO_CACHE,
                "mv installed/bin/pickaroon installed/bin/again",
                "printf '#!/bin/sh\\nexit 9\\n' >installed/bin/pickaroon; chmod +x installed/bin/pickaroon",
                "installed/bin/again run --once -c c; echo $?");
        assertThat(ended.out()).as(ended.err()).isEqualTo("9\n");
    }

    @Test
    void aShortRunAndOneForFewTextsStartOnce() throws Exception {
        configure("short", "small", FIVE);
        configure("few", "large", "five");
        configure("off", "large", FIVE);
        Ended ended = program.bash(
                "C.UTF-8",
                NO_CACHE,
                "mv installed/bin/pickaroon installed/bin/again",
                "printf '#!/bin/sh\\nexit 9\\n' >installed/bin/pickaroon; chmod +x installed/bin/pickaroon",
                "installed/bin/again run --once -c short; echo $?",
                "installed/bin/again run --once -c few; echo $?",
                "PICKAROON_VECTORS=off installed/bin/again run --once -c off; echo $?");
        assertThat(ended.out()).as(ended.err()).isEqualTo("0\n0\n0\n");
    }
}
