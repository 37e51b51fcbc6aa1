package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.check.PropertiesCheck;
import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.problem.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is allowed and has no effect, or another one than is meant, is said with its place. */
class WarningsTest {
    private static final String FILE = """
        inputs:
          - { id: app, path: '/log/{pod}.log', parse: json, fields: { env: %s } }
        rules:
          - id: only
            match: { literal: a }
            emit: { topic: t%s }
        output:
          kafka: { bootstrapServers: 'a:1'%s }
        """;
    private static final String FROM = ", timestamp: { from: '{field.t}', format: ";

    @TempDir
    Path directory;

    private List<String> warnings(String text) throws SettingsException {
        List<String> warnings = new ArrayList<>();
        SettingsReader.read(
                SettingsFile.of(directory, text).path(),
                Map.of("POD", "{path.pod}")::get,
                RegexCheck.NONE,
                PropertiesCheck.NONE,
                warning -> warnings.add(warning.line() + ":" + warning.column() + " " + warning.message() + "; "
                        + warning.suggestion().orElse("")));
        return warnings;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`, deadLetter: { topic: dead }` | 8:37 'deadLetter' has no effect: a record that cannot be sent stops"
                        + " the run; write 'onRefusedRecord: dead-letter' beside it, or remove it",
                "`, maxTopics: 5, onRefusedRecord: stop` | 8:37 'maxTopics' has no effect: a record that cannot be sent"
                        + " stops the run; write 'onRefusedRecord: dead-letter' beside it, or remove it",
                "`, maxTopics: 5, onRefusedRecord: dead-letter, deadLetter: { topic: dead }` |",
            })
    void aSectionWithoutDeadLetters(String kafka, String warning) throws SettingsException {
        assertThat(warnings(FILE.formatted("prod", "", kafka)))
                .isEqualTo(warning == null ? List.of() : List.of(warning));
    }

    @ParameterizedTest
    @CsvSource({
        "'ISO_OFFSET_DATE_TIME, zone: Europe/Berlin', true",
        "'epochMillis, zone: UTC', true",
        "'\"yyyy-MM-dd HH:mm VV\", zone: UTC', true",
        "'\"yyyy-MM-dd HH:mm[ XXX]\", zone: UTC', false",
        "'yyyy-MM-dd HH:mm, zone: Europe/Berlin', false",
        "ISO_OFFSET_DATE_TIME, false"
    })
    void aZoneThatNoTimeNeeds(String format, boolean isSaid) throws SettingsException {
        List<String> warnings = warnings(FILE.formatted("prod", FROM + format + " }", ""));

        assertThat(warnings).hasSize(isSaid ? 1 : 0);
        assertThat(warnings)
                .allMatch(warning -> warning.endsWith(
                        "'zone' has no effect: each time of this format says its offset or counts from 1970; remove"
                                + " it"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'{path.pod}'  | 2:63 a text of 'fields' is no template: '{path.pod}' is sent as it stands; name it in"
                        + " 'topic', 'key' or 'headers' of the rules instead",
                "'a {env.DC}'  | 2:63 a text of 'fields' is no template: '{env.DC}' is sent as it stands; a variable is"
                        + " written ${NAME}",
                "'${POD}'      |",
                "'{{host}}'    |",
                "'{a}'         |",
            })
    void aStaticFieldIsNoTemplate(String text, String warning) throws SettingsException {
        assertThat(warnings(FILE.formatted(text, "", ""))).isEqualTo(warning == null ? List.of() : List.of(warning));
    }
}
