package io.pickaroon.config.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.SettingsFile;
import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.problem.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a daemon's settings become, and what is said of the rest. */
class ConnectorPropertiesTest {
    @TempDir
    Path directory;

    private ConnectorProperties of(String rules, String rest) throws SettingsException {
        return ConnectorProperties.of(SettingsFile.of(directory, """
            inputs: [ { id: app, include: [ /l/*.log ] } ]
            rules:
            %s
            output: { console: {} }
            %s
            """.formatted(rules.indent(2), rest))
                .with(Map.of("WORD", "hunter2"))
                .read());
    }

    private List<String> notesOn(String property, String rules) throws SettingsException {
        return of(rules, "").notes().stream()
                .filter(note -> note.startsWith(property))
                .toList();
    }

    @Test
    void theSmallestFileIsAFewProperties() throws SettingsException {
        ConnectorProperties properties = of("- { id: e, match: { literal: E }, emit: { topic: t } }", "");

        assertThat(properties.properties())
                .containsExactly(
                        Map.entry("inputs", "app"),
                        Map.entry("inputs.app.include", "/l/*.log"),
                        Map.entry("inputs.app.mode", "growing"),
                        Map.entry("rules", "e"),
                        Map.entry("rules.e.match.literal", "E"),
                        Map.entry("rules.e.emit.topic", "t"));
        assertThat(properties.notes())
                .containsExactly(
                        "output.console: a connector sends to Kafka",
                        "host: where an input has none, {host} is 'storage.label' and not the name of a machine");
    }

    @Test
    void aMaskBecomesOneOfWhatIsSent() throws SettingsException {
        String rule = "- { id: e, match: { literal: E }, emit: { topic: t }, fix: { mask: x, when: rotated } }";

        assertThat(of(rule, "checkpoint: { path: a }").properties())
                .containsEntry("rules.e.fix.mask", "x")
                .containsEntry("rules.e.fix.when", "never");
        assertThat(notesOn("rules.e", rule)).singleElement().asString().startsWith("rules.e.fix.when: it is 'never'");
    }

    @Test
    void detectorsHaveTheirMasksInAConnector() throws SettingsException {
        String rule = "- { id: e, match: { detect: [ card, us-ssn ] }, emit: { topic: t }, fix: {} }";

        assertThat(of(rule, "checkpoint: { path: a }").properties())
                .containsEntry("rules.e.match.detect", "card,us-ssn")
                .containsEntry("rules.e.fix.mask", "*")
                .containsEntry("rules.e.fix.when", "never");
    }

    @Test
    void rulesOfAFileAreLeftOut() throws SettingsException, IOException {
        Path file = Files.writeString(directory.resolve("r.toml"), "[[rules]]\nid='a'\nregex='b'\n");
        String rule = "- { id: e, match: { any: [ { literal: E }, { detect: [ card, { gitleaks: '" + file
                + "' } ] } ] }, emit: { topic: t }, fix: {} }";

        assertThat(of(rule, "checkpoint: { path: a }").properties())
                .doesNotContainKey("rules.e.match.any")
                .containsEntry("rules.e.fix.mask", "*");
        assertThat(notesOn("rules.e.match", rule))
                .containsExactly("rules.e.match: it is left out: each worker would read a file of its own, and"
                        + " a record is masked the same whichever of them sends it; name detectors, or write"
                        + " expressions");
    }

    @Test
    void aReplacementIsLeftOut() throws SettingsException {
        String rule = "- { id: e, match: { literal: E }, emit: { topic: t }, fix: { replace: x } }";

        assertThat(of(rule, "").properties()).doesNotContainKeys("rules.e.fix.replace", "rules.e.fix.when");
        assertThat(notesOn("rules.e", rule)).singleElement().asString().startsWith("rules.e.fix: it is left out");
    }

    @Test
    void aRuleThatOnlyChangesFilesIsLeftOut() throws SettingsException {
        String rule = "- { id: e, match: { literal: E }, fix: { mask: x } }";

        assertThat(of(rule, "").properties()).doesNotContainKey("rules");
        assertThat(notesOn("rules", rule)).hasSize(2).contains("rules: none is left for a connector");
    }

    @Test
    void whatAVariableBringsMayBeASecret() throws SettingsException {
        ConnectorProperties properties = of("- { id: e, match: { literal: '${WORD}' }, emit: { topic: t } }", "");

        assertThat(properties.properties().toString() + properties.notes()).doesNotContain("hunter2");
        assertThat(properties.notes()).anyMatch(note -> note.startsWith("rules.e.match: it is left out, with 'fix'"));
    }

    @Test
    void aVariableOfATemplateIsTold() throws SettingsException {
        assertThat(notesOn("rules.e", "- { id: e, match: { literal: E }, emit: { topic: 't-{env.WORD}' } }"))
                .singleElement()
                .asString()
                .startsWith("rules.e.emit.topic: '{env.WORD}' is refused in a connector");
    }

    @Test
    void settingsOfTheProducerGoToTheConnectorsAndSecretsDoNot() throws SettingsException {
        ConnectorProperties properties = ConnectorProperties.of(
                SettingsFile.of(directory, """
                    inputs: [ { id: app, include: [ /l/*.gz ], maxRate: 1MiB/s, flushAfter: 5s, start: end } ]
                    rules: [ { id: e, match: { literal: E }, emit: { topic: t } } ]
                    output:
                      kafka:
                        bootstrapServers: a:1
                        delivery: at-least-once
                        onRefusedRecord: dead-letter
                        deadLetter: { topic: dead }
                        createTopics: { partitions: 3, replicationFactor: 2 }
                        properties: { linger.ms: 20, acks: all, sasl.jaas.config: b, client.id: '${WORD}' }
                    """).with(Map.of("WORD", "hunter2")).read());

        assertThat(properties.properties())
                .containsEntry("exactly.once.support", "required")
                .containsEntry("dead.letter.topic", "dead")
                .containsEntry("topic.creation.default.partitions", "3")
                .containsEntry("topic.creation.default.replication.factor", "2")
                .containsEntry("producer.override.linger.ms", "20")
                .containsEntry("inputs.app.mode", "complete")
                .doesNotContainKeys("producer.override.acks", "producer.override.sasl.jaas.config");
        assertThat(properties.notes().stream().map(note -> note.substring(0, note.indexOf(':'))))
                .containsExactlyInAnyOrder(
                        "output.kafka.delivery",
                        "output.kafka.bootstrapServers",
                        "output.kafka.properties.acks",
                        "output.kafka.properties.sasl.jaas.config",
                        "output.kafka.properties.client.id",
                        "inputs.app.maxRate",
                        "inputs.app.flushAfter",
                        "inputs.app.start",
                        "host");
    }

    @Test
    void aContainerLogIsReadAsOneWithItsTimes() throws SettingsException {
        ConnectorProperties properties =
                ConnectorProperties.of(SettingsFile.of(directory, """
                    inputs:
                      - id: pods
                        include: [ /l/*.log ]
                        format: docker
                        maxPartDistance: 1MiB
                        multiline: { start: '^a', timeout: 3s }
                        flushAfter: 2s
                      - { id: others, include: [ /m/*.log ], format: cri, multiline: { start: '^a' } }
                    rules: [ { id: e, match: { literal: E }, emit: { topic: t } } ]
                    output: { kafka: { bootstrapServers: 'a:1' } }
                    """).read());

        assertThat(properties.properties())
                .containsEntry("inputs.pods.format", "docker")
                .containsEntry("inputs.pods.maxPartDistance", "1MiB")
                .containsEntry("inputs.pods.multiline.timeout", "3s")
                .containsEntry("inputs.pods.flushAfter", "2s")
                .containsEntry("inputs.others.format", "cri")
                .doesNotContainKeys(
                        "inputs.others.maxPartDistance", "inputs.others.multiline.timeout", "inputs.others.flushAfter");
        assertThat(properties.notes().stream().map(note -> note.substring(0, note.indexOf(':'))))
                .doesNotContain("inputs.pods.flushAfter", "inputs.pods.multiline.timeout", "inputs.others.format");
    }

    @ParameterizedTest
    @MethodSource("io.pickaroon.config.SettingsFile#examples")
    void everyExampleIsAConnectorOrSaysWhatIsMissing(Path example) throws SettingsException {
        ConnectorProperties properties = ConnectorProperties.of(
                new SettingsFile(example, Map.of("KAFKA_USER", "a", "KAFKA_PASSWORD", "b")).read());
        try {
            assertThat(ConnectorReader.read(properties.properties(), Optional.of("dead"), RegexCheck.NONE, _ -> {})
                            .settings()
                            .inputs())
                    .isNotEmpty();
        } catch (PropertiesException e) {
            assertThat(e.problems())
                    .allMatch(problem ->
                            properties.notes().stream().anyMatch(note -> note.startsWith(problem.property() + ": ")));
        }
    }
}
