package io.pickaroon.config.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pickaroon.config.SettingsFile;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @TempDir
    Path directory;

    private static String kafkaWith(String properties) {
        return SettingsFile.VALID.replace(
                "  console: {}\n", "  kafka:\n    bootstrapServers: a:1\n    properties:\n      " + properties + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audit: { file: a, key: hunter2hunter2hunter2, rotateAtt: 1GiB }",
                "audit:\n  file: a\n  key: hunter2hunter2hunter2\n  rotateAtt: 1GiB",
                "audit:\n  key: hunter2\n  file: a",
                "audit:\n  file: a\n  key: |\n    hunter2hunter2hunter2\n  rotateAt: 1B",
                "audit: {\n  file: a, key: hunter2hunter2hunter2,\n  rotateAt: 1B }"
            })
    void noMistakeInTheAuditSettingsShowsTheKey(String audit) {
        String text = SettingsFile.VALID + "checkpoint: { path: c }\n" + audit + "\n";

        assertThat(catchThrowableOfType(SettingsException.class, SettingsFile.of(directory, text)::read))
                .hasMessageContaining("error")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssl.key.password",
                "sasl.jaas.config",
                "ssl.keystore.key",
                "sasl.oauthbearer.client.secret",
                "my.TOKEN",
                "aws.credential.x"
            })
    void noTextOfTheSettingsShowsASecret(String key) throws SettingsException {
        Settings settings = SettingsFile.of(directory, kafkaWith(key + ": ${P}\n      linger.ms: 5"))
                .with(Map.of("P", "hunter2"))
                .read();

        assertThat(settings.toString()).contains(key + "=****", "linger.ms=5").doesNotContain("hunter2");
        assertThat(((OutputSettings.Kafka) settings.output()).properties()).containsEntry(key, "hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ ssl.key.password: hunter2, acks: 1 }",
                "{ \"ssl.key.password\": \"hunter2\", acks: 1 }",
                "sasl.jaas.config: 'x.PlainLoginModule required username=a password=\"hunter2\";' x",
                "ssl.key.password: hunter2 : x: y",
                "sasl.jaas.config: |\n    password=\"hunter2\"\n      acks: 1",
                "ssl.key.password: !hunter2",
                "ssl.key.password: *hunter2",
                "ssl.key.password: &hunter2",
                "ssl.key.password: [ hunter2 ]",
                "ssl.key.password: ${hunter2",
                "ssl.keystore.key: |\n  hunter2/x==\n hunter2",
                "ssl.keystore.key: |\n        -----BEGIN\n    hunter2\n        hunter2: x\n      acks: 1",
                "ssl.key.password: \"abc\n        hunter2\n      acks: 1",
                "sasl.oauthbearer.token.endpoint.url: 'http://u:hunter2@h' x",
                "sasl.passphrase: hunter2: x",
                "{ ssl.key.password: \"abc\n        hunter2\", acks: 1, acks: 1 }",
                "{ ssl.key.password: abc,hunter2, acks: 1, acks: 1 }",
                "{ ssl.key.password: 'abc'hunter2', acks: 1 }",
                "{ ssl.key.password: [ a, hunter2 ], acks: 1 }"
            })
    void noMessageShowsASecret(String properties) {
        SettingsFile file = SettingsFile.of(directory, kafkaWith(properties).replace("\n      {", " {"));

        SettingsException refused = catchThrowableOfType(SettingsException.class, file::read);

        assertThat(refused).hasMessageContaining("error").hasMessageNotContaining("hunter2");
    }

    @Test
    void aUserOfAServerIsNotShown() {
        SettingsFile file = SettingsFile.of(
                directory,
                kafkaWith("linger.ms: 5").replace("bootstrapServers: a:1", "bootstrapServers: u:hunter2@a:1"));

        assertThat(catchThrowableOfType(SettingsException.class, file::read))
                .hasMessageContaining("without a user or password")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aReferenceToAVariableIsNoSecret() {
        assertThat(Secrets.concealedIn("  ssl.key.password: ${KEY_PASSWORD}"))
                .isEqualTo("  ssl.key.password: ${KEY_PASSWORD}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "k: { api.token: 'a, b', format: x }        | k: { api.token: '****, format: x }",
                "k: { api.token: abc, format: x }           | k: { api.token: ****, format: x }",
                "k: { a: { my.pass: \"x\" }, b: [ c ] }   | k: { a: { my.pass: \"**** }, b: [ c ] }",
                "k: { my.pass: x, my.token: y, z: 1 }       | k: { my.pass: ****, my.token: ****, z: 1 }",
                "k: { my.pass: x,y, z: 1 }                  | k: { my.pass: ****",
                "k: { my.pass: 'x'y', z: 1 }                | k: { my.pass: '****",
                "k: { my.pass: \"x\\\"y\", z: 1 }     | k: { my.pass: \"****",
                "k: { my.pass: x y, z: 1 }                  | k: { my.pass: ****",
                "my.pass: x, z: 1 }                         | my.pass: ****",
                "k: { key: a, ssl.key.password: b }         | k: { key: a, ssl.key.password: **** }",
                "k: { Key: a, b: c }                        | k: { Key: ****, b: c }",
            })
    void inAFlowMappingOnlyTheSecretItselfIsHidden(String line, String shown) {
        assertThat(Secrets.concealedIn(line)).isEqualTo(shown);
    }

    @Test
    void aDefaultMayBeASecret() {
        assertThat(Secrets.concealedIn("  ssl.key.password: ${KEY_PASSWORD:hunter2}"))
                .isEqualTo("  ssl.key.password: ****");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    match: { regex: 'token=(?<secret>[A-Za-z0-9]{20,})' }",
                "    match: { literal: \"password: \" }",
                "  - id: password",
                "    emit: { topic: t, key: '{path.pod}', headers: [ id ] }",
                "      key: 'K-{id}'"
            })
    void aRuleThatLooksForSecretsIsShown(String line) {
        assertThat(Secrets.concealedIn(line)).isEqualTo(line);
    }
}
