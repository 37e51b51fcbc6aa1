package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be read as YAML at all is told in the same shape, and neither stack nor clock is exhausted by it. */
@Timeout(120)
class SyntaxMistakesTest {
    @TempDir
    Path directory;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("", "1:1 the file is empty; expected settings with 'inputs', 'rules' and 'output'"),
                Arguments.of("\n \n", "1:1 the file is empty; expected settings with 'inputs', 'rules' and 'output'"),
                Arguments.of(
                        "# nothing\n",
                        "1:1 the file holds no settings; expected at least 'inputs', 'rules' and 'output'"),
                Arguments.of(
                        "hello\n",
                        "1:1 expected a mapping for the file with 'instance', 'checkpoint', 'inputs', 'rules',"
                            + " 'output', 'threads', 'maxOpenFiles', 'lookInterval', 'stopTimeout', 'http', 'audit',"
                            + " found 'hello'"),
                Arguments.of(
                        "inputs:\n\t- id: x\n",
                        "2:1 a tab cannot stand here; YAML is indented with spaces; replace it by spaces"),
                Arguments.of(
                        "http: { port: ${PORT:9600} }\n",
                        "1:16 ${...} inside { } or [ ] is read as YAML; put it in quotes: \"${...}\""),
                Arguments.of(
                        "mask: *\n",
                        "1:8 a text that begins with * or & has a meaning of its own in YAML; put the text in quotes"),
                Arguments.of(
                        "exclude: [ *tmp ]\n",
                        "1:12 a text that begins with * is an alias in YAML, and this one names nothing;"
                                + " put the text in quotes"),
                Arguments.of("mask: @x\n", "1:7 a text cannot begin with '@'; put the text in quotes"),
                Arguments.of(
                        "a: b: c\n",
                        "1:5 a second ': ' in one line, or a line that is indented wrongly; put a text that contains"
                                + " ': ' in quotes"),
                Arguments.of(
                        "a:\n  b: 1\n c: 2\n",
                        "3:2 this does not fit the indentation of the lines before it; give the keys of one section"
                                + " the same indentation"),
                Arguments.of(
                        "a: 1\nb: 'x\nc: 2\n",
                        "2:4 the quote that begins here has no end; end it, and double a quote within quotes"),
                Arguments.of(
                        "a: 1\n---\nb: 2\n", "2:1 a second YAML document begins here; expected one document in a file"),
                Arguments.of("a: \u0007\n", "1:4 control character U+0007 cannot stand in YAML text"),
                Arguments.of("a: b\nc\u0000", "2:2 a zero byte: this is a binary file, expected YAML text"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isToldWithItsPosition(String yaml, String mistake) {
        assertThat(SettingsFile.of(directory, yaml).mistakes()).containsExactly(mistake);
    }

    @Test
    void bytesThatAreNotUtf8AreToldWithTheirPosition() {
        byte[] latin1 = "a: b\nä: ü\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(SettingsFile.of(directory, latin1).mistakes())
                .containsExactly("2:1 byte 0xE4 is not UTF-8 text; save the file as UTF-8");
    }

    @Test
    void utf16IsCalledByItsName() {
        assertThat(SettingsFile.of(directory, "\uFEFFa: b".getBytes(StandardCharsets.UTF_16LE))
                        .mistakes())
                .containsExactly("1:1 the file is written in UTF-16; save it as UTF-8");
    }

    @Test
    void aMissingFileIsSaidWithoutAPosition() {
        SettingsFile missing = new SettingsFile(directory.resolve("missing.yaml"), Map.of());

        assertThat(missing.mistakes()).containsExactly("0:0 there is no such file");
    }

    @Test
    void aDirectoryIsNoSettingsFile() {
        assertThat(new SettingsFile(directory, Map.of()).mistakes())
                .containsExactly("0:0 this is a directory; expected a settings file");
    }

    @Test
    void aFileWithoutAnEndIsNotReadToItsEnd() {
        assertThat(new SettingsFile(Path.of("/dev/zero"), Map.of()).mistakes())
                .containsExactly("0:0 the file is larger than 1 MiB; is it a settings file?");
    }

    @ParameterizedTest
    @MethodSource("nested")
    void nestingDoesNotExhaustTheStack(String bracket) {
        assertThat(SettingsFile.of(directory, bracket.repeat(200_000)).mistakes())
                .singleElement()
                .asString()
                .endsWith("nested deeper than 40 levels");
    }

    static Stream<String> nested() {
        return Stream.of("[", "{a: ", "- ", "? ", "? - ");
    }

    @Test
    void aliasesOfAliasesDoNotMultiply() {
        StringBuilder bomb = new StringBuilder("a: &a [ x, x, x, x, x, x, x, x, x, x ]\n");
        for (char name = 'b'; name <= 'z'; name++) {
            String before = "*" + (char) (name - 1) + " ";
            bomb.append(name).append(": &").append(name).append(" [ ");
            bomb.append((before + ", ").repeat(9)).append(before).append("]\n");
        }

        assertThat(SettingsFile.of(directory, bomb.toString()).mistakes())
                .containsExactly("12:9 more than 100 aliases (*name)");
    }

    @Test
    void anAliasOfItselfEnds() {
        assertThat(SettingsFile.of(
                                directory,
                                SettingsFile.VALID.replace("match: { literal: ERROR }", "match: &m { anyOf: *m }"))
                        .mistakes())
                .containsExactly("6:12 expected a list of texts, found a mapping");
    }

    @Test
    void aThousandProblemsAreEnough() {
        StringBuilder wide = new StringBuilder(SettingsFile.VALID);
        for (int i = 0; i < 50_000; i++) {
            wide.append("unknown").append(i).append(": 1\n");
        }

        assertThat(SettingsFile.of(directory, wide.toString()).mistakes()).hasSize(1_000);
    }
}
