package io.pickaroon.config.gitleaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a file in the format of gitleaks, and where. */
class GitleaksMistakesTest {
    @TempDir
    Path directory;

    private List<String> mistakes(String text) throws IOException, UnreadableFileException {
        try {
            GitleaksRules.read(Files.writeString(directory.resolve("rules.toml"), text), RegexCheck.NONE);
            return List.of();
        } catch (GitleaksException e) {
            return e.problems().stream()
                    .map(Problem::renderInOneLine)
                    .map(line -> line.replace(directory + "/", ""))
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[[rules] | rules.toml:1:8: this is no TOML:",
                "[[rules]];id=5 | rules.toml:2:1: expected a text for 'id'",
                "[[rules]];regex='a' | rules.toml:1:1: a rule needs an 'id'",
                "[[rules]];id='a';secretGroup=-1 | rules.toml:3:1: expected a whole number from 0 on for 'secretGroup',"
                        + " found -1",
                "[[rules]];id='a';secretGroup='1' | rules.toml:3:1: expected a whole number for 'secretGroup'",
                "[[rules]];id='a';entropy=nan | rules.toml:3:1: expected a number from 0 on for 'entropy', found NaN",
                "[[rules]];id='a';keywords='b' | rules.toml:3:1: expected a list of texts for 'keywords'",
                "[[rules]];id='a';keywords=['b',''] | rules.toml:3:15: expected a text in 'keywords', found an empty"
                        + " one",
                "rules=5 | rules.toml:1:1: expected tables, [[rules]] for 'rules'",
                "rules=[5] | rules.toml:1:8: expected a table in 'rules'",
                "[[allowlists]] | rules.toml:1:1: expected at least one of 'regexes', 'stopwords', 'paths' and"
                        + " 'commits' in an item of 'allowlists'",
                "[allowlist];regexes=['a'];[[allowlists]];regexes=['a'] | rules.toml:1:1: 'allowlist' cannot stand"
                        + " beside 'allowlists'; write it as one of them",
                "[[allowlists]];regexes=['a'];condition='xor' | rules.toml:3:1: expected 'AND' or 'OR' for 'condition',"
                        + " found 'XOR'",
                "[[allowlists]];regexes=['a'];regexTarget='lines' | rules.toml:3:1: expected one of 'secret', 'match',"
                        + " 'line' for 'regexTarget', found 'lines'; did you mean 'line'?",
                "[[allowlists]];regexes=['a'];targetRules=['onee'];[[rules]];id='one';regex='a' | rules.toml:3:14:"
                        + " there is no rule 'onee'; did you mean 'one'?",
                "[extend];useDefault=true | rules.toml:2:1: 'useDefault' cannot be used: the rules that gitleaks comes"
                        + " with are not part of Pickaroon; put its gitleaks.toml beside this file, and name it with"
                        + " 'path'",
                "[extend];path='none.toml' | rules.toml:2:1: 'none.toml': there is no such file",
                "[extend];path='./rules.toml' | rules.toml:2:1: this file extends itself, over",
                "title='a' | rules.toml: the file has no rules; expected [[rules]]",
                "[[rules]];id='a';path='b' | rules.toml:1:1: rule 'a' is not used: it asks for the path of a file"
                        + " alone, and finds nothing in a record",
            })
    void aMistakeIsToldWithItsPlace(String text, String mistake) throws Exception {
        assertThat(mistakes(text.replace(";", "\n")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith(mistake);
    }

    @Test
    void whatIsNestedTooDeeplyIsNotParsed() throws Exception {
        for (String[] each : new String[][] {
            {"a = ", "[", "1:45"},
            {"a = ", "{a=", "1:125"},
            {"# [\n'[' = 1 # }\na = \"\\\"}\"\nb = ", "[", "4:45"},
            {"a = '''\n]\n'''\nb = ", "[", "4:45"},
            {"a = \"\"\"\n\\\"\"\"]\"\"\"\nb = ", "[", "3:45"},
            {"[a", ".a", "1:81"},
        }) {
            assertThat(mistakes(each[0] + each[1].repeat(20_000)))
                    .containsExactly("rules.toml:" + each[2] + ": nested deeper than 40 levels");
        }
    }

    @Test
    void bracketsAndDotsInTextsAreNoLevels() throws Exception {
        String many = "[".repeat(60) + ".".repeat(60);
        for (String text : List.of(
                "title = '''" + many + "'''",
                "title = '" + many + "'",
                "title = \"" + many + "\\\"" + many + "\"",
                "title = \"\"\"\n" + many + "\"\"\"",
                "# " + many,
                "x = " + "[".repeat(40) + "]".repeat(40),
                "x = [" + "1.1, ".repeat(60) + "]")) {
            assertThat(mistakes(text + "\n[[rules]]\nid='a'\nregex='b'\n"))
                    .as(text)
                    .isEmpty();
        }
    }

    @Test
    @Timeout(60)
    void aFileThatCannotBeReadIsNoFileWithMistakes() throws Exception {
        new ProcessBuilder("mkfifo", directory.resolve("pipe").toString())
                .start()
                .waitFor();
        Files.write(directory.resolve("latin.toml"), "title='ä'".getBytes(StandardCharsets.ISO_8859_1));
        Files.write(directory.resolve("large.toml"), new byte[(4 << 20) + 1]);
        for (String[] each : new String[][] {
            {"none.toml", "there is no such file"},
            {".", "it is a directory"},
            {"pipe", "it is a pipe or a socket; expected a file"},
            {"latin.toml", "it is not text in UTF-8"},
            {"large.toml", "it is larger than 4 MiB"}
        }) {
            assertThatThrownBy(() -> GitleaksRules.read(directory.resolve(each[0]), RegexCheck.NONE))
                    .isInstanceOf(UnreadableFileException.class)
                    .hasMessage(each[1]);
        }
    }
}
