package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.problem.SettingsException;
import io.pickaroon.config.properties.ConnectorProperties;
import io.pickaroon.config.properties.ConnectorReader;
import io.pickaroon.config.properties.PropertiesException;
import io.pickaroon.config.properties.RandomYaml;
import io.pickaroon.config.settings.PropertiesCheck;
import io.pickaroon.config.settings.RegexCheck;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.config.section.Machine;
import io.pickaroon.config.value.Expansion;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.yaml.Problems;
import io.pickaroon.config.yaml.SourceText;
import io.pickaroon.records.Template;
import java.nio.file.Path;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A file, and the properties that are made of it, say the same of inputs and rules. */
class ConnectorRoundTripTest {
    @Property(tries = 1_000)
    void propertiesSayWhatTheFileSays(@ForAll long seed) throws SettingsException, PropertiesException {
        String yaml = RandomYaml.of(seed);
        Settings settings = read(yaml);

        ConnectorProperties written = ConnectorProperties.of(settings);
        Settings read = ConnectorReader.read(written.properties(), Optional.of("dead"), RegexCheck.NONE, _ -> {})
                .settings();

        assertThat(read)
                .as(yaml)
                .usingRecursiveComparison()
                .comparingOnlyFields("inputs", "rules", "process.maxOpenFiles", "process.lookInterval")
                .withEqualsForType((a, b) -> a.toString().equals(b.toString()), Template.class)
                .isEqualTo(settings);
    }

    private static Settings read(String yaml) throws SettingsException {
        SourceText source = SourceText.of(Path.of("random.yaml"), yaml);
        Reading reading = new Reading(
                new Problems(source), new Expansion(_ -> null), RegexCheck.NONE, PropertiesCheck.NONE);
        return SettingsReader.read(source, reading, new Machine(() -> 1));
    }
}
