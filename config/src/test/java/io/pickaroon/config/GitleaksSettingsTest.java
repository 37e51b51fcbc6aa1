package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pickaroon.config.check.PropertiesCheck;
import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.problem.Problem;
import io.pickaroon.config.problem.SettingsException;
import io.pickaroon.config.settings.DetectorName;
import io.pickaroon.config.settings.FixSettings;
import io.pickaroon.config.settings.MatchSettings;
import io.pickaroon.config.settings.RuleSettings;
import io.pickaroon.config.settings.SecretSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules with {@code detect: { gitleaks: FILE }}. */
class GitleaksSettingsTest {
    private static final String RULES = """
        [[rules]]
        id = "acme"
        regex = 'acme_[a-z]{8}'
        [[rules]]
        id = "widget"
        path = 'x'
        regex = 'w[0-9]{8}'
        [[rules]]
        id = "file"
        path = 'x'
        """;

    @TempDir
    Path directory;

    private Path rules;

    @BeforeEach
    void write() throws IOException {
        rules = Files.writeString(directory.resolve("rules.toml"), RULES);
    }

    private SettingsFile file(String rule) {
        return SettingsFile.of(directory, """
            checkpoint: { path: state }
            inputs: [ { id: app, include: [ app.log ] } ]
            rules:
              - { id: only, match: { detect: %s }, fix: %s }
            output: { console: {} }
            """.formatted(rule.replace("FILE", "'" + rules + "'"), "{}"));
    }

    private MatchSettings.Detect detect(String rule) throws SettingsException {
        RuleSettings read = file(rule).read().rules().getFirst();
        assertThat(read.fix().orElseThrow().change()).isEqualTo(new FixSettings.DetectorMask('*'));
        return (MatchSettings.Detect) read.match();
    }

    private List<String> ids(String rule) throws SettingsException {
        return detect(rule).secrets().stream()
                .flatMap(file -> file.rules().stream())
                .map(SecretSettings::id)
                .toList();
    }

    private List<String> warnings(String rule) throws SettingsException {
        List<Problem> warnings = new ArrayList<>();
        SettingsReader.read(file(rule).path(), _ -> null, RegexCheck.NONE, PropertiesCheck.NONE, warnings::add);
        return warnings.stream()
                .map(warning -> warning.renderInOneLine().replace(directory + "/", ""))
                .toList();
    }

    @Test
    void aFileStandsAloneOrBesideNames() throws SettingsException {
        assertThat(ids("{ gitleaks: FILE }")).containsExactly("acme", "widget");
        assertThat(detect("[ card, { gitleaks: FILE }, email ]").detectors())
                .containsExactly(DetectorName.CARD, DetectorName.EMAIL);
        assertThat(ids("[ card, { gitleaks: FILE } ]")).containsExactly("acme", "widget");
    }

    @Test
    void aFileIsLookedForBesideTheConfiguration() throws SettingsException {
        assertThat(detect("{ gitleaks: rules.toml }")).isEqualTo(detect("{ gitleaks: FILE }"));
    }

    @Test
    void rulesAreThoseThatAreNamedOrAllButSome() throws SettingsException {
        assertThat(ids("{ gitleaks: FILE, rules: [ widget ] }")).containsExactly("widget");
        assertThat(ids("{ gitleaks: FILE, rules: acme }")).containsExactly("acme");
        assertThat(ids("{ gitleaks: FILE, except: [ acme ] }")).containsExactly("widget");
    }

    @Test
    void whatIsNotUsedIsSaidUnlessItIsLeftOut() throws SettingsException {
        String unused =
                "rules.toml:8:1: rule 'file' is not used: it asks for the path of a file alone, and finds nothing in"
                        + " a record";
        String ofPaths = "rules.toml: these rules ask for the path of a file, too, and are used for every file: widget";
        assertThat(warnings("{ gitleaks: FILE }")).containsExactlyInAnyOrder(unused, ofPaths);
        assertThat(warnings("{ gitleaks: FILE, except: [ widget ] }")).containsExactly(unused);
        assertThat(warnings("{ gitleaks: FILE, except: [ file ] }")).containsExactly(ofPaths);
        assertThat(warnings("{ gitleaks: FILE, rules: [ acme ] }")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ gitleaks: FILE, rules: [ acmee ] } | there is no rule 'acmee' in RULES; did you mean 'acme'?",
                "{ gitleaks: FILE, except: [ wigdet ] } | there is no rule 'wigdet' in RULES; did you mean 'widget'?",
                "{ gitleaks: FILE, rules: [ file ] } | RULES:8:1: rule 'file' is not used: it asks for the path of a"
                        + " file alone, and finds nothing in a record",
                "{ gitleaks: FILE, except: [ acme, widget ] } | no rule of RULES is left",
                "{ gitleaks: FILE, rules: [ acme ], except: [ widget ] } | 'except' has no meaning beside 'rules',"
                        + " which names all that are used; remove one of them",
                "{ gitleaks: none.toml } | cannot read 'DIRECTORY/none.toml': there is no such file",
                "{ rules: [ acme ] } | missing key 'gitleaks' in an item of 'detect'",
                "{ gitleak: FILE } | unknown key 'gitleak' in an item of 'detect'; did you mean 'gitleaks'?",
                "[ { gitleaks: FILE, x: 1 } ] | unknown key 'x' in an item of 'detect'; expected one of 'gitleaks',"
                        + " 'rules', 'except'",
            })
    void aMistakeIsTold(String rule, String mistake) {
        assertThat(file(rule).mistakes())
                .anySatisfy(line -> assertThat(line.substring(line.indexOf(' ') + 1))
                        .isEqualTo(
                                mistake.replace("RULES", rules.toString()).replace("DIRECTORY", directory.toString())));
    }

    @Test
    void mistakesOfTheFileAreToldWithTheirPlacesInIt() throws IOException {
        Files.writeString(rules, "[[rules]]\nid = 5\n");
        SettingsException refused = catchThrowableOfType(
                SettingsException.class, () -> file("{ gitleaks: FILE }").read());
        assertThat(refused).hasMessageContaining(rules + ":2:1: error: expected a text for 'id'");
    }

    @Test
    void settingsAreOthersWhenTheRulesAre() throws SettingsException, IOException {
        MatchSettings.Detect before = detect("{ gitleaks: FILE }");
        assertThat(detect("{ gitleaks: FILE }")).isEqualTo(before);
        Files.writeString(rules, RULES.replace("{8}", "{9}"));
        assertThat(detect("{ gitleaks: FILE }")).isNotEqualTo(before);
    }
}
