package io.pickaroon.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.app.ForkedProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FatalErrorsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"engine", "parallel", "elastic", "plain", "kafka"})
    void anErrorThatAThreadDiesOfEndsTheProcessWithOneLine(String thread) throws Exception {
        Path log = Files.writeString(directory.resolve("app.log"), "ERROR one\n");
        try (ForkedProgram program =
                ForkedProgram.startClass(FatalErrorProgram.class.getName(), directory, thread, log.toString())) {
            assertThat(program.end(30)).isEqualTo(1);

            assertThat(program.errors().lines().filter(line -> !line.startsWith("WARNING: ")))
                    .containsExactly("pickaroon: internal error: NoClassDefFoundError: io/pickaroon/Missing; run again"
                            + " with --stacktrace to see where");
        }
    }
}
