package io.pickaroon.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DemoCommandTest {
    @Test
    void everyNumberAgreesAndNothingIsLeftBehind() throws IOException {
        Set<Path> before = demoDirectories();

        CommandRun run = CommandRun.of("demo", "--size", "8MiB");

        assertThat(run.exitCode()).as(run.output() + run.errors()).isZero();
        assertThat(run.output())
                .contains(
                        "8,388,608",
                        "demo-errors",
                        "demo-warnings",
                        "demo-cards",
                        "ERROR left in the log",
                        "Every number agrees.")
                .doesNotContain("DIFFERS");
        assertThat(run.output()).containsPattern("""
            One record, at offset (\\d+) of the log, before and after:
              (.*card=)\\d{12}(\\d{4}.*)
              \\2\\*{12}\\3
            The same in Kafka, topic demo-cards, partition 0, offset \\d+:
              key     \\(none\\)
              header  log.file.path: /\\S+/demo.log
              header  log.offset: \\1
              header  pickaroon.rule: cards
              header  pickaroon.id: \\S+
              value   \\2\\*{12}\\3
            """);
        assertThat(demoDirectories()).isEqualTo(before);
    }

    @Test
    void aLogWithoutRoomForLongRecordsIsRefused() {
        CommandRun run = CommandRun.of("demo", "--size", "1MiB");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("--size must be at least 4MiB");
    }

    private static Set<Path> demoDirectories() throws IOException {
        try (Stream<Path> paths = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return paths.filter(path -> path.getFileName().toString().startsWith("pickaroon-demo-"))
                    .collect(Collectors.toSet());
        }
    }
}
