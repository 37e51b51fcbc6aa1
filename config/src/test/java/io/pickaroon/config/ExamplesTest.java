package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.problem.SettingsException;
import io.pickaroon.config.settings.FixSettings;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
    private static final Path ROOT =
            SettingsFile.EXAMPLES.toAbsolutePath().normalize().getParent().getParent();
    private static final Map<String, String> ENVIRONMENT = Map.of("KAFKA_USER", "billing", "KAFKA_PASSWORD", "hunter2");

    private static Settings example(String name) throws SettingsException {
        return SettingsReader.read(SettingsFile.EXAMPLES.resolve(name), ENVIRONMENT::get);
    }

    @ParameterizedTest
    @MethodSource("io.pickaroon.config.SettingsFile#examples")
    void isReadWithoutAProblem(Path example) throws SettingsException {
        Settings settings = SettingsReader.read(example, ENVIRONMENT::get);

        assertThat(settings.checkpoint()).isPresent();
        assertThat(settings.rules()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.pickaroon.config.SettingsFile#examples")
    void explainsItself(Path example) throws IOException {
        assertThat(Files.readAllLines(example)).first().asString().startsWith("# ");
        assertThat(Files.readString(example)).doesNotContain("\t");
    }

    @Test
    void whatIsTriedFirstChangesNoFile() throws SettingsException {
        for (Path first : List.of(
                SettingsFile.EXAMPLES.resolve("shop.yaml"),
                SettingsFile.EXAMPLES.resolve("minimal.yaml"),
                SettingsFile.EXAMPLES.resolve("console.yaml"),
                ROOT.resolve("deploy/kubernetes/base/pickaroon.yaml"),
                ROOT.resolve("docker/own.yaml"),
                ROOT.resolve("packaging/deb/pickaroon.yaml"))) {
            assertThat(SettingsReader.read(first, ENVIRONMENT::get).rules())
                    .as(first.toString())
                    .isNotEmpty()
                    .allMatch(rule -> rule.fix().isEmpty());
        }
    }

    @Test
    void theFirstConfigurationOfTheReadmeChangesNoFile() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        String first = readme.substring(readme.indexOf("```yaml\n") + 8);

        assertThat(first).startsWith(Files.readString(SettingsFile.EXAMPLES.resolve("shop.yaml")) + "```\n");
    }

    @Test
    void theMaskingKeepsTheLastFourDigits() throws SettingsException {
        FixSettings fix = example("masking.yaml").rules().getFirst().fix().orElseThrow();

        assertThat(fix.change()).isEqualTo(new FixSettings.Mask('*', 0, 4));
        assertThat(fix.group()).contains("pan");
    }

    @Test
    void theShopFindsItsBrokersInTheEnvironment() throws SettingsException {
        Settings settings = SettingsReader.read(
                SettingsFile.EXAMPLES.resolve("shop.yaml"), Map.of("KAFKA_BOOTSTRAP", "a:1,b:2")::get);

        assertThat(((OutputSettings.Kafka) settings.output()).bootstrapServers())
                .isEqualTo("a:1,b:2");
    }

    @Test
    void passwordsComeFromTheEnvironmentIntoOneLine() throws SettingsException {
        OutputSettings.Kafka kafka =
                (OutputSettings.Kafka) example("kafka-tls-sasl.yaml").output();

        assertThat(kafka.properties())
                .containsEntry(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required"
                                + " username=\"billing\" password=\"hunter2\";");
    }
}
