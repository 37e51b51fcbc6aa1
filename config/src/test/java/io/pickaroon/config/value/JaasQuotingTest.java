package io.pickaroon.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.SettingsFile;
import io.pickaroon.config.settings.OutputSettings;
import io.pickaroon.config.settings.Settings;
import java.io.StreamTokenizer;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What variables bring into a login configuration is read back as it was, by the tokenizer that Kafka uses. */
class JaasQuotingTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a\"b",
                "\"",
                "a'b",
                "a\\",
                "\\\"",
                "a;b=c",
                "two\nlines\r\n",
                "// no comment",
                "/* */",
                "ä€😀",
                "\\n",
                "\\101",
                "12345",
                "",
                "a b",
                "${X}",
                "$${"
            })
    void isReadBackAsItWas(String password) throws Exception {
        assertThat(passwordIn("x.Module required username=\"u\" password=\"${P}\";", password))
                .isEqualTo(password);
        assertThat(passwordIn("x.Module required username='u' password='${P}' other=\"x\";", password))
                .isEqualTo(password);
        assertThat(passwordIn("x.Module required username=u password=${P};", password))
                .isEqualTo(password);
        assertThat(passwordIn("x.Module required username=\"q\\\"'\" password=\"<${P}>\";", password))
                .isEqualTo("<" + password + ">");
    }

    @Test
    void aWholeLoginConfigurationIsLeftAsItIs() throws Exception {
        String whole = "x.Module required password=\"a\\\"b\";";

        assertThat(new Expansion(_ -> whole).expand("${JAAS}", JaasQuoting::quoted))
                .isEqualTo(whole);
    }

    @Test
    void onlyLoginConfigurationsAreQuoted() throws Exception {
        Settings settings = SettingsFile.of(directory, SettingsFile.VALID.replace("  console: {}\n", """
              kafka:
                bootstrapServers: a:1
                properties:
                  sasl.jaas.config: 'm required p="${P}";'
                  ssl.key.password: "${P}"
            """))
                .with(Map.of("P", "a\"b"))
                .read();

        assertThat(((OutputSettings.Kafka) settings.output()).properties())
                .containsEntry("sasl.jaas.config", "m required p=\"a\\\"b\";")
                .containsEntry("ssl.key.password", "a\"b");
    }

    private static String passwordIn(String template, String password) throws Exception {
        StreamTokenizer tokens = new StreamTokenizer(
                new StringReader(new Expansion(Map.of("P", password)::get).expand(template, JaasQuoting::quoted)));
        tokens.slashSlashComments(true);
        tokens.slashStarComments(true);
        while (!"password".equals(tokens.sval)) {
            tokens.nextToken();
        }
        assertThat(tokens.nextToken()).isEqualTo('=');
        tokens.nextToken();
        return tokens.sval;
    }
}
