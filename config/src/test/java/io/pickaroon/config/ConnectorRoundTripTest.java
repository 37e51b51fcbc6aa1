package io.pickaroon.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pickaroon.config.check.PropertiesCheck;
import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.problem.SettingsException;
import io.pickaroon.config.properties.ConnectorProperties;
import io.pickaroon.config.properties.ConnectorReader;
import io.pickaroon.config.properties.PropertiesException;
import io.pickaroon.config.properties.RandomYaml;
import io.pickaroon.config.section.Machine;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.config.value.Expansion;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.yaml.Problems;
import io.pickaroon.config.yaml.SourceText;
import io.pickaroon.records.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A file, and the properties that are made of it, say the same of inputs and rules. */
class ConnectorRoundTripTest {
    private static final List<String> PIECES = List.of(
            "", ".", "..", ",", "\n", "\\", ".not", ".all", ".x", "all", "never", "{env.A}", "{", "${A}", "\uFFFF");

    @Property(tries = 300)
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

    @Property(tries = 300)
    void changedPropertiesAreReadOrRefused(@ForAll long seed) throws SettingsException {
        Random random = new Random(seed);
        Map<String, String> properties =
                new TreeMap<>(ConnectorProperties.of(read(RandomYaml.of(seed))).properties());
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            change(properties, random);
        }
        try {
            ConnectorReader.read(properties, Optional.empty(), RegexCheck.NONE, _ -> {});
        } catch (PropertiesException e) {
            assertThat(e.problems())
                    .isNotEmpty()
                    .allMatch(problem -> !problem.render().contains("\n"));
        }
    }

    private static void change(Map<String, String> properties, Random random) {
        List<String> names = List.copyOf(properties.keySet());
        String name = names.get(random.nextInt(names.size()));
        String other = names.get(random.nextInt(names.size()));
        int at = random.nextInt(name.length() + 1);
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        switch (random.nextInt(4)) {
            case 0 -> properties.put(name, piece);
            case 1 -> properties.put(name.substring(0, at) + piece, properties.get(other));
            case 2 -> properties.put(name.substring(0, at) + piece + name.substring(at), properties.get(name));
            default -> {
                if (properties.size() > 1) {
                    properties.remove(name);
                }
            }
        }
    }

    private static Settings read(String yaml) throws SettingsException {
        SourceText source = SourceText.of(Path.of("random.yaml"), yaml);
        Reading reading =
                new Reading(new Problems(source), new Expansion(_ -> null), RegexCheck.NONE, PropertiesCheck.NONE);
        return SettingsReader.read(source, reading, new Machine(() -> 1));
    }
}
