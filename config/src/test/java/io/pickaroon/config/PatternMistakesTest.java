package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.problem.SettingsException;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.settings.RuleSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions, texts and globs that no record or no file can match are refused. */
class PatternMistakesTest {
    @TempDir
    Path directory;

    @Test
    void whatTheEngineSaysOfARegularExpressionIsOneMoreProblem() {
        SettingsFile file = SettingsFile.of(
                directory, SettingsFile.VALID.replace("{ literal: ERROR }", "{ regex: 'a(' }") + "instance: a b\n");

        assertThat(file.mistakes(
                        expression -> expression.equals("a(") ? Optional.of("missing closing )") : Optional.empty()))
                .containsExactly(
                        "6:21 this is no regular expression in RE2 syntax: missing closing )",
                        "10:11 expected a name of 1 to 100 letters, digits, '.', '_' or '-', found 'a b'");
    }

    @Test
    void anExpressionThatTheEngineTakesIsNoProblem() throws SettingsException {
        SettingsFile file =
                SettingsFile.of(directory, SettingsFile.VALID.replace("{ literal: ERROR }", "{ regex: 'a' }"));

        assertThat(SettingsReader.read(file.path(), _ -> null, _ -> Optional.empty())
                        .rules())
                .extracting(RuleSettings::match)
                .containsExactly(new MatchSettings.Regex("a", false));
    }

    @ParameterizedTest
    @CsvSource({"regex: |, |", "regex: >, >", "literal: |+, |"})
    void aBlockTextWithItsLineFeedIsRefused(String key, String indicator) {
        String text =
                SettingsFile.VALID.replace("match: { literal: ERROR }", "match:\n        " + key + "\n          ERROR");

        assertThat(SettingsFile.of(directory, text).mistakes())
                .singleElement()
                .asString()
                .startsWith("7:")
                .contains("a block text that begins with '" + indicator + "' ends with a line feed")
                .endsWith("write '" + indicator + "-'");
        assertThat(SettingsFile.of(directory, text.replaceFirst("[|>][+]?\n", indicator + "-\n"))
                        .mistakes())
                .isEmpty();
    }

    @Test
    void anExpressionThatEndsWithALineBreakIsRefused() {
        assertThat(SettingsFile.of(directory, SettingsFile.VALID.replace("literal: ERROR", "regex: \"${P}\""))
                        .with(Map.of("P", "ERROR\r"))
                        .mistakes())
                .singleElement()
                .asString()
                .contains("ends with a line break, which no record does");
    }

    @Test
    void aTextThatHoldsTheDelimiterIsRefused() {
        String other = SettingsFile.VALID.replace("literal: ERROR", "anyOf: [ a, 'b<>c' ]");

        assertThat(SettingsFile.of(directory, other).mistakes()).isEmpty();
        assertThat(SettingsFile.of(directory, other.replace("    include:", "    delimiter: '<>'\n    include:"))
                        .mistakes())
                .singleElement()
                .asString()
                .contains("no record holds 'b<>c': there is a 'delimiter' in it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "' /l/*.log'  ! begins with a blank",
                "'/l/*/'      ! ends with '/', as names of directories do; name the files in it, for example"
                        + " '/l/*/*.log'",
                "'/l/{a,b/}'  ! ends with '/'",
                "'/l/{1..3}'  ! no range here; write [1-9] for one character, or {1,2,10} for each text",
                "\"/l/a\\n\"   ! ends with a line break",
            })
    void aGlobThatCanHaveNoFileIsRefused(String glob, String message) {
        assertThat(SettingsFile.of(directory, SettingsFile.VALID.replace("/var/log/app.log", glob))
                        .mistakes())
                .singleElement()
                .asString()
                .startsWith("3:16 ")
                .contains(message);
    }
}
