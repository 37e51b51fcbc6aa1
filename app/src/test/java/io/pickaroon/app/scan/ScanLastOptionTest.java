package io.pickaroon.app.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of options that contradict each other, as those of an alias and of the person who uses it, the last one counts. */
class ScanLastOptionTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void writeLogs() throws IOException {
        Files.writeString(directory.resolve("a.log"), "ERROR one\nERROR two\nERROR three\n");
        Files.writeString(directory.resolve("b.log"), "INFO\n");
        Files.createSymbolicLink(directory.resolve("link.log"), directory.resolve("a.log"));
    }

    private String scan(String options) {
        List<Object> arguments = new ArrayList<>(List.of("scan", "-F", "ERROR", directory));
        arguments.addAll(List.of(options.split(" ")));
        CommandRun run = CommandRun.of(arguments.toArray());
        assertThat(run.errors()).isEmpty();
        return run.output().replace(directory + "/", "");
    }

    @Test
    void ofOneOptionItIsTheLastValue() {
        assertThat(scan("-r -m1 -m2")).isEqualTo("a.log:ERROR one\na.log:ERROR two\n");
        assertThat(scan("-r -m1 -A0 -A1 -n -n")).isEqualTo("a.log:1:ERROR one\na.log-2-ERROR two\n");
        assertThat(scan("-r -m1 --color=always --color=never")).isEqualTo("a.log:ERROR one\n");
    }

    @Test
    void ofTwoThatContradictEachOtherItIsTheLast() {
        assertThat(scan("-r -m1 -H -I")).isEqualTo("ERROR one\n");
        assertThat(scan("-r -m1 -I -H")).isEqualTo("a.log:ERROR one\n");
        assertThat(scan("-r -L -l")).isEqualTo("a.log\n");
        assertThat(scan("-r -l -L")).isEqualTo("b.log\n");
        assertThat(scan("-r -R -l")).isEqualTo("a.log\nlink.log\n");
        assertThat(scan("-R -r -l")).isEqualTo("a.log\n");
    }
}
