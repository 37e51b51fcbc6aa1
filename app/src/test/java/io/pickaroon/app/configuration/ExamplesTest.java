package io.pickaroon.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.app.error.MistakesInFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
    private static final Path NOT_YET = Path.of("..", "config", "examples", "consumer.yaml");

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleCanBeRunByThisVersion(Path example) {
        assertThat(Configuration.read(example, name -> name.startsWith("KAFKA_") ? "host:9092" : null, false)
                        .rules())
                .isNotEmpty();
    }

    /** Until all of it is carried out, no part of it is silently left out. */
    @Test
    void theExampleOfWhatThisVersionCannotDoYetIsRefused() {
        assertThatThrownBy(() -> Configuration.read(NOT_YET, _ -> null, false))
                .isInstanceOf(MistakesInFile.class)
                .hasMessageContainingAll(
                        "input pods: 'host' cannot be carried out by this version",
                        "input pods: 'fields'",
                        "input pods: 'path'",
                        "input pods: 'parse'",
                        "rule problems: 'match with all, any, not or field'",
                        "rule problems: 'topic with names in braces'",
                        "rule problems: 'key'",
                        "rule problems: 'partition: key'",
                        "rule problems: 'timestamp'",
                        "rule problems: 'headers with a list'",
                        "rule clients: 'when: never'",
                        "output.kafka: 'maxTopics'");
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(NOT_YET.getParent())) {
            return files.filter(file -> !file.equals(NOT_YET)).sorted().toList().stream();
        }
    }
}
