package io.pickaroon.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "config", "examples");

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleCanBeRunByThisVersion(Path example) {
        assertThat(Configuration.read(example, name -> name.startsWith("KAFKA_") ? "host:9092" : null)
                        .rules())
                .isNotEmpty();
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }
}
