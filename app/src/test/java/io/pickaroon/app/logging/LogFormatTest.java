package io.pickaroon.app.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pickaroon.app.CommandRun;
import io.pickaroon.app.ForkedProgram;
import io.pickaroon.app.SampleConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogFormatTest {
    @TempDir
    private Path directory;

    @Test
    void eachLineIsAJsonObjectWhenThatIsAskedFor() throws Exception {
        SampleConfiguration sample = new SampleConfiguration(directory);
        Files.writeString(sample.log(), "ERROR one\n");
        Path file = sample.write(SampleConfiguration.CONSOLE);
        try (ForkedProgram program =
                ForkedProgram.start(directory, "run", "--log-format", "json", "-c", file.toString())) {
            await().atMost(Duration.ofSeconds(30)).until(() -> program.errors().contains("new checkpoint"));

            List<String> lines = program.errors()
                    .lines()
                    .filter(line -> !line.startsWith("WARNING: "))
                    .toList();

            assertThat(lines).isNotEmpty();
            for (String line : lines) {
                assertThat(fields(line))
                        .containsEntry("level", "INFO")
                        .containsKeys("timestamp", "loggerName", "threadName", "formattedMessage");
            }
        }
    }

    @Test
    void theLedgerIsAnEventToo() throws Exception {
        SampleConfiguration sample = new SampleConfiguration(directory);
        Files.writeString(sample.log(), "ERROR one\nfine\n");
        Path file = sample.write(SampleConfiguration.CONSOLE);
        try (ForkedProgram program =
                ForkedProgram.start(directory, "run", "--once", "--log-format", "json", "-c", file.toString())) {
            assertThat(program.end(60)).isZero();

            String last = program.errors().lines().toList().getLast();
            assertThat(fields(last))
                    .containsEntry("level", "INFO")
                    .containsEntry("formattedMessage", "the run is over");
            assertThat(last).contains("{\"bytes\":\"15\"}", "{\"emittedMatches\":\"1\"}", "{\"lostBytes\":\"0\"}");
        }
    }

    @Test
    void theFailureThatARunEndsWithIsAnEventToo() throws Exception {
        Path file = Files.writeString(directory.resolve("wrong.yaml"), "inputs: 7\n");
        try (ForkedProgram program =
                ForkedProgram.start(directory, "run", "--log-format", "json", "-c", file.toString())) {
            assertThat(program.end(60)).isEqualTo(2);

            String last = program.errors().lines().toList().getLast();
            assertThat(fields(last)).containsEntry("level", "ERROR");
            assertThat(fields(last).get("formattedMessage")).contains("wrong.yaml:1:9");
            assertThat(last).contains("{\"exitCode\":\"2\"}");
        }
    }

    @Test
    void anotherFormatIsRefused() throws IOException {
        Path file = new SampleConfiguration(directory).write(SampleConfiguration.CONSOLE);

        CommandRun run = CommandRun.of("run", "-c", file, "--log-format", "xml");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("--log-format", "xml");
    }

    private static Map<String, String> fields(String line) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(line)) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.put(name, json.getText());
                json.skipChildren();
            }
        }
        return fields;
    }
}
