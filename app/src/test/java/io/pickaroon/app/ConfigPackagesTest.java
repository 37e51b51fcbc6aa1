package io.pickaroon.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The packages of the configuration: mistakes and globs, then the settings and the text of a file, then what others say of settings,
 * then what reads values and what reads rules for secrets, and properties in place of a file.
 */
class ConfigPackagesTest {
    static final List<ArchRule> RULES = ArchitectureTest.order(
            "config",
            List.of(
                    List.of("problem", "glob"),
                    List.of("settings", "yaml"),
                    List.of("check"),
                    List.of("value", "gitleaks"),
                    List.of("section"),
                    List.of("properties")));

    @TempDir
    Path directory;

    @ParameterizedTest
    @FieldSource("RULES")
    void holds(ArchRule rule) {
        rule.check(ArchitectureTest.OURS);
    }

    @ParameterizedTest
    @CsvSource({
        "problem.Problem, yaml.SourceText, config.problem uses packages before it",
        "problem.Problem, glob.Glob, config.problem uses packages before it",
        "glob.Glob, problem.Place, config.glob uses packages before it",
        "settings.InputSettings, yaml.Located, config.settings uses packages before it",
        "settings.Settings, value.Fields, config.settings uses packages before it",
        "settings.Settings, check.SettingsCheck, config.settings uses packages before it",
        "check.RegexCheck, value.Fields, config.check uses packages before it",
        "yaml.YamlTree, settings.Settings, config.yaml uses packages before it",
        "yaml.YamlTree, value.Reading, config.yaml uses packages before it",
        "value.Section, section.SettingsSection, config.value uses packages before it",
        "value.Section, gitleaks.GitleaksRules, config.value uses packages before it",
        "gitleaks.GitleaksRules, value.Section, config.gitleaks uses packages before it",
        "gitleaks.GitleaksRules, section.SettingsSection, config.gitleaks uses packages before it",
        "section.SettingsSection, SettingsReader, config.section uses packages before it",
        "section.SettingsSection, properties.ConnectorReader, config.section uses packages before it",
        "properties.ConnectorReader, SettingsReader, config.properties uses packages before it",
        "helpers.Anything, SettingsReader, config has these packages",
    })
    void refuses(String from, String to, String description) throws IOException {
        ArchRule rule = RULES.stream()
                .filter(r -> r.getDescription().equals(description))
                .findFirst()
                .orElseThrow();
        JavaClasses wrong =
                ArchitectureTest.classWithField(directory, "io.pickaroon.config." + from, "io.pickaroon.config." + to);
        assertThat(rule.evaluate(wrong).hasViolation()).isTrue();
    }
}
