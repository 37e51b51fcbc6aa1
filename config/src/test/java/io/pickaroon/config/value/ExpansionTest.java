package io.pickaroon.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.SettingsFile;
import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.SettingsException;
import io.pickaroon.config.settings.HttpSettings;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain            | plain",
                "${SET}           | value",
                "a${SET}b${SET}c  | avaluebvaluec",
                "${SET:other}     | value",
                "${UNSET:other}   | other",
                "${UNSET:a:b:1}   | a:b:1",
                "${UNSET:-1}      | -1",
                "${env:SET}       | value",
                "${env:UNSET:x}   | x",
                "${env:file:x/y}  | x/y",
                "${FILE:x}        | x",
                "x${UNSET:}y      | xy",
                "x${EMPTY:other}y | xy",
                "$${SET}          | ${SET}",
                "$$${SET}         | $${SET}",
                "$SET and $       | $SET and $",
                "${NESTED}        | ${SET}",
            })
    void putsVariablesIn(String raw, String expanded) throws Mismatch {
        Map<String, String> variables = Map.of("SET", "value", "EMPTY", "", "NESTED", "${SET}");

        assertThat(new Expansion(variables::get).expand(raw)).isEqualTo(expanded);
    }

    @ParameterizedTest
    @CsvSource({"${", "${}", "a${1X}", "${A B}", "${A:${B}}", "${A", "${A:b"})
    void refusesWhatIsNoReference(String raw) {
        assertThat(SettingsFile.of(directory, SettingsFile.VALID + "instance: '" + raw + "'\n")
                        .mistakes())
                .containsExactly("10:11 expected ${NAME} or ${NAME:default}, without braces inside; write $${ for a"
                        + " plain ${");
    }

    @Test
    void putsTheContentOfAFileInWithoutTheLineEndAfterIt() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "two\nlines ${SET}\n");

        assertThat(new Expansion(_ -> null).expand("<${file:" + secret + "}>")).isEqualTo("<two\nlines ${SET}>");
    }

    @Test
    void aFileIsNamedByAnAbsolutePath() {
        assertThat(mistakeOf("${file:./s}"))
                .isEqualTo("10:11 the path of a file in ${file:..} must be absolute, found './s'; write"
                        + " ${file:/absolute/path}, or ${env:file:default} for a variable named 'file'");
        assertThat(mistakeOf("${file:secrets/s}")).contains("must be absolute, found 'secrets/s'");
        assertThat(mistakeOf("${file:}")).contains("must be absolute, found ''");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${fil:/run/s}     | there is no variable 'fil' | did you mean '${file:..}'?",
                "${File:/run/s}    | there is no variable 'File' | did you mean '${file:..}'?",
                "${evn:X}          | there is no variable 'evn' | did you mean '${env:..}'?",
                "${vault:a/b}      | there is no variable 'vault' | or ${file:/absolute/path}",
                "${UNSET:-x}       | a default follows the ':' as it is | write ${UNSET:default}",
                "${UNSET:?is away} | a default follows the ':' as it is | write ${UNSET:default}",
                "${env:UNSET}      | environment variable 'UNSET' is not set | has no default",
            })
    void whatOtherProgramsWriteIsNotTakenForADefault(String raw, String message, String remedy) {
        assertThat(mistakeOf(raw)).startsWith("10:11 ").contains(message).contains(remedy);
    }

    @Test
    void aSecretInAWrongPlaceIsNotShown() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "hunter2 hunter2\n");

        assertThat(mistakeOf("${file:" + secret + "}"))
                .startsWith("10:11 expected a name, which is not what '${file:/")
                .doesNotContain("hunter2");
        assertThat(SettingsFile.of(directory, SettingsFile.VALID + "threads: ${DB_PASSWORD}\n")
                        .with(Map.of("DB_PASSWORD", "hunter2"))
                        .mistakes())
                .containsExactly("10:10 expected a whole number from 1 to 1,024, which is not what '${DB_PASSWORD}'"
                        + " stands for");
    }

    @Test
    void whatAVariableOfAnyNameBringsIsNotShown() throws Exception {
        assertThat(SettingsFile.of(directory, SettingsFile.VALID + "threads: \"1${COUNT}\"\n")
                        .with(Map.of("COUNT", "zQ7kX2"))
                        .mistakes())
                .containsExactly(
                        "10:10 expected a whole number from 1 to 1,024, which is not what '1${COUNT}' stands for");
        assertThat(SettingsFile.of(directory, SettingsFile.VALID + "threads: 1$${COUNT}\n")
                        .with(Map.of())
                        .mistakes())
                .singleElement()
                .asString()
                .contains("found '1${COUNT}'");
    }

    @Test
    void aFileThatCannotBeTakenIsAMistakeInItsPlace() throws Exception {
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff});
        Path large = Files.write(directory.resolve("large"), new byte[65_537]);

        assertThat(mistakeOf("${file:/no/such/file}")).isEqualTo("10:11 there is no file /no/such/file");
        assertThat(mistakeOf("${file:" + directory + "}")).endsWith(directory + " cannot be read by this user");
        assertThat(mistakeOf("${file:" + binary + "}")).endsWith(binary + " is not UTF-8");
        assertThat(mistakeOf("${file:" + large + "}")).endsWith(large + " is longer than 64 KiB; a value is not");
    }

    private String mistakeOf(String raw) {
        return SettingsFile.of(directory, SettingsFile.VALID + "instance: '" + raw + "'\n")
                .mistakes()
                .getFirst();
    }

    @Test
    void anExpandedValueIsTypedLikeAWrittenOne() throws SettingsException {
        SettingsFile file = SettingsFile.of(
                        directory, SettingsFile.VALID + "threads: ${N:2}\nhttp: { port: \"${PORT:9600}\" }\n")
                .with(Map.of("PORT", "1234"));

        Settings settings = file.read();

        assertThat(settings.process().threads()).isEqualTo(2);
        assertThat(settings.process().http()).contains(new HttpSettings("127.0.0.1", 1234));
    }

    @Test
    void aMistakeInAnExpandedValueIsToldAtItsScalar() {
        SettingsFile file = SettingsFile.of(directory, SettingsFile.VALID + "threads:   ${N}\n")
                .with(Map.of("N", "many"));

        assertThat(file.mistakes())
                .containsExactly("10:12 expected a whole number from 1 to 1,024, which is not what '${N}' stands for");
    }

    @Test
    void anExpandedValueIsNeverYaml() throws SettingsException {
        String injected = "x }\n  file: { path: /etc/passwd } # *a &b !c [";
        SettingsFile file = SettingsFile.of(
                        directory, SettingsFile.VALID.replace("literal: ERROR", "regex: \"${PATTERN}\""))
                .with(Map.of("PATTERN", injected));

        assertThat(file.read().rules())
                .extracting(RuleSettings::match)
                .containsExactly(new MatchSettings.Regex(injected, false));
    }

    @Test
    void keysAreNotExpanded() {
        SettingsFile file =
                SettingsFile.of(directory, SettingsFile.VALID + "${KEY}: 1\n").with(Map.of("KEY", "threads"));

        assertThat(file.mistakes()).singleElement().asString().startsWith("10:1 unknown key '${KEY}' in the file");
    }
}
