package io.pickaroon.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pickaroon.app.CommandRun;
import io.pickaroon.app.configuration.Configuration;
import io.pickaroon.connect.settings.ConnectorConfig;
import io.pickaroon.connect.settings.ConnectorConfigDef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code check --connect} prints is what a worker takes. */
class CheckConnectTest {
    private static final Path EXAMPLES = Path.of("..", "config", "examples");
    private static final String RULE = "{ id: errors, match: { literal: ERROR }, emit: { topic: errors } }";

    @TempDir
    private Path directory;

    private Path configuration(String include, String rule, String output) throws IOException {
        return Files.writeString(directory.resolve("pickaroon.yaml"), """
            checkpoint: { path: %s/checkpoint }
            inputs: [ { id: app, include: [ "%s" ] } ]
            rules: [ %s ]
            output: %s
            """.formatted(directory, include, rule, output));
    }

    private static Map<String, String> properties(String json) throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
                properties.put(name, parser.getText());
            }
            assertThat(parser.nextToken()).isNull();
        }
        return properties;
    }

    private static List<String> errors(Map<String, String> properties) {
        return ConnectorConfigDef.validate(properties).stream()
                .map(ConfigValue::errorMessages)
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aWorkerTakesWhatEachExampleBecomes(Path example) {
        ConnectorExport export = ConnectorExport.of(
                Configuration.read(example, name -> name.startsWith("KAFKA_") ? "host:9092" : null),
                directory,
                Optional.of("nfs-1"));

        assertThat(export.problems()).isEmpty();
        assertThat(errors(export.properties())).isEmpty();
        assertThat(ConnectorConfig.of(export.properties()).label()).isEqualTo("nfs-1");
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml") && !file.endsWith("gitleaks.yaml"))
                    // It sends nothing, and a connector does nothing else.
                    .filter(file -> !file.endsWith("audit.yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** Without the rules of a file nothing would be masked, so a worker does not take what is left. */
    @Test
    void rulesOfAFileAreToBeReplacedByHand() {
        ConnectorExport export = ConnectorExport.of(
                Configuration.read(EXAMPLES.resolve("gitleaks.yaml"), _ -> null), directory, Optional.of("nfs-1"));

        assertThat(errors(export.properties())).anyMatch(error -> error.contains("found none"));
    }

    @Test
    void itIsAnObjectOfTexts() throws IOException {
        Path file = configuration("/l/*.log", RULE, "{ kafka: { bootstrapServers: 'a:1' } }");

        CommandRun run = CommandRun.of("check", "-c", file, "--connect", "--storage-label", "nfs-1");

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.output()).startsWith("""
            {
              "connector.class": "io.pickaroon.connect.PickaroonSourceConnector",
              "tasks.max": "4",
            """);
        Map<String, String> properties = properties(run.output());
        assertThat(properties)
                .containsEntry("storage.label", "nfs-1")
                .containsEntry("topics.exist", "true")
                .containsEntry("inputs.app.include", "/l/*.log");
        assertThat(errors(properties)).isEmpty();
        assertThat(run.errors().lines())
                .anyMatch(line -> line.startsWith("checkpoint: "))
                .anyMatch(line -> line.startsWith("output.kafka.bootstrapServers: "));
    }

    @Test
    void aWorkerRefusesItUntilALabelIsGiven() throws IOException {
        Path file = configuration("/l/*.log", RULE, "{ console: {} }");

        CommandRun run = CommandRun.of("check", "-c", file, "--connect");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("error: storage.label: it has to be written");
        assertThat(errors(properties(run.output())))
                .singleElement()
                .asString()
                .startsWith("storage.label: expected 1 to 64 of the characters");
    }

    @Test
    void relativePatternsAreMadeAbsoluteAndThatIsSaid() throws IOException {
        Path file = configuration("logs/*.log", RULE, "{ console: {} }");

        CommandRun run = CommandRun.of("check", "-c", file, "--connect", "--storage-label", "nfs-1");

        Map<String, String> properties = properties(run.output());
        assertThat(properties.get("inputs.app.include")).isEqualTo(Path.of("").toAbsolutePath() + "/logs/*.log");
        assertThat(run.errors()).contains("inputs.app.include: 'logs/*.log' begins at the working directory");
        assertThat(errors(properties)).isEmpty();
    }

    @Test
    void aSmallerLimitOfTheProducerIsThatOfTheTopics() throws IOException {
        Path file = configuration(
                "/l/*.log", RULE, "{ kafka: { bootstrapServers: 'a:1', properties: { max.request.size: 100000 } } }");

        CommandRun run = CommandRun.of("check", "-c", file, "--connect", "--storage-label", "nfs-1");

        assertThat(properties(run.output())).containsEntry("max.message.bytes", "100000B");
        assertThat(errors(properties(run.output()))).isEmpty();
    }

    @Test
    void whatHasToBeAddedByHandIsAnError() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "hunter2");
        Path file = configuration(
                "/l/*.log",
                "{ id: errors, match: { literal: '${file:%s}' }, emit: { topic: errors } }".formatted(secret),
                "{ console: {} }");

        CommandRun run = CommandRun.of("check", "-c", file, "--connect", "--storage-label", "nfs-1");

        assertThat(run.exitCode()).as(run.errors()).isEqualTo(1);
        assertThat(run.errors().lines()).anyMatch(line -> line.startsWith("error: rules.errors.match"));
        assertThat(run.output() + run.errors()).doesNotContain("hunter2");
    }

    @Test
    void rulesThatOnlyFixAreNoConnector() throws IOException {
        Path file = configuration("/l/*.log", "{ id: e, match: { literal: E }, fix: { mask: x } }", "{ console: {} }");

        CommandRun run = CommandRun.of("check", "-c", file, "--connect");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).contains("no rule has 'emit'");
    }

    @Test
    void mistakesAreToldAsEver() throws IOException {
        Path file = configuration("/l/*.log", "{ id: e, match: { litteral: E } }", "{ console: {} }");

        CommandRun run = CommandRun.of("check", "-c", file, "--connect");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).startsWith(file + ":3:").contains("did you mean 'literal'?");
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefused() throws IOException {
        Path file = configuration("/l/*.log", RULE, "{ console: {} }");

        assertThat(CommandRun.of("check", "-c", file, "--storage-label", "a").errors())
                .contains("--storage-label needs --connect");
        assertThat(CommandRun.of("check", "-c", file, "--connect", "--explain").errors())
                .contains("leave --explain out");
        assertThat(CommandRun.of("check", "-c", file, "--connect", "--storage-label", "a b")
                        .errors())
                .contains("--storage-label: label 'a b' is not 1 to 64 of the characters");
    }
}
