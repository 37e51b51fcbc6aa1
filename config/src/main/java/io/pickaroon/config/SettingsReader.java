package io.pickaroon.config;

import io.pickaroon.config.check.PropertiesCheck;
import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.check.SettingsCheck;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Problem;
import io.pickaroon.config.problem.SettingsException;
import io.pickaroon.config.section.Machine;
import io.pickaroon.config.section.SettingsSection;
import io.pickaroon.config.settings.Settings;
import io.pickaroon.config.value.Expansion;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.yaml.Problems;
import io.pickaroon.config.yaml.SettingsHash;
import io.pickaroon.config.yaml.SourceText;
import io.pickaroon.config.yaml.YamlTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a settings file: YAML 1.2 in UTF-8, at most 1 MiB, one document. Everything that is wrong with it is told at
 * once. Keeps no state; any thread may call it.
 */
public final class SettingsReader {
    private SettingsReader() {}

    /** Reads a file whose regular expressions are taken as they are. */
    public static Settings read(Path file, UnaryOperator<String> environment) throws SettingsException {
        return read(file, environment, RegexCheck.NONE, PropertiesCheck.NONE, _ -> {});
    }

    /** Reads a file whose Kafka properties are taken as they are. */
    static Settings read(Path file, UnaryOperator<String> environment, RegexCheck regexCheck) throws SettingsException {
        return read(file, environment, regexCheck, PropertiesCheck.NONE, _ -> {});
    }

    /**
     * Reads a file.
     *
     * @param environment the value of an environment variable, null when it is not set; {@code System::getenv}
     * @param regexCheck refuses what the engine would not understand
     * @param propertiesCheck refuses what Kafka's clients would not understand
     * @param warned is told what is allowed and probably not meant, if nothing is wrong
     * @throws SettingsException with all problems in the order of the file
     */
    public static Settings read(
            Path file,
            UnaryOperator<String> environment,
            RegexCheck regexCheck,
            PropertiesCheck propertiesCheck,
            Consumer<Problem> warned)
            throws SettingsException {
        return readLocated(file, environment, regexCheck, propertiesCheck, SettingsCheck.NONE, warned)
                .settings();
    }

    /**
     * Like {@link #read(Path, UnaryOperator, RegexCheck, PropertiesCheck, Consumer)}, with places.
     *
     * @param settingsCheck is asked when nothing else is wrong
     */
    public static LocatedSettings readLocated(
            Path file,
            UnaryOperator<String> environment,
            RegexCheck regexCheck,
            PropertiesCheck propertiesCheck,
            SettingsCheck settingsCheck,
            Consumer<Problem> warned)
            throws SettingsException {
        SourceText source = SourceText.read(file);
        Problems problems = new Problems(source);
        Reading reading = new Reading(problems, new Expansion(environment), regexCheck, propertiesCheck);
        ReadTree read = read(source, reading);
        Settings settings = SettingsSection.build(read.fields(), Machine.local(), reading.scope());
        refuse(settingsCheck.refusals(settings), SettingsSection.itemPlaces(read.fields()), problems);
        problems.warnings().forEach(warned);
        return new LocatedSettings(
                settings,
                SettingsSection.includePlaces(read.fields()),
                reading.otherFiles(),
                SettingsHash.of(read.root()));
    }

    private static void refuse(List<SettingsCheck.Refusal> refusals, Map<String, Place> places, Problems problems)
            throws SettingsException {
        for (SettingsCheck.Refusal refusal : refusals) {
            String key = refusal.key();
            while (!places.containsKey(key)) {
                key = key.substring(0, key.lastIndexOf('.'));
            }
            problems.add(places.get(key), refusal.why());
        }
        if (!problems.isEmpty()) {
            throw problems.toException();
        }
    }

    static Settings read(SourceText source, Reading reading, Machine machine) throws SettingsException {
        return SettingsSection.build(read(source, reading).fields(), machine, reading.scope());
    }

    /** A file without mistakes. */
    private record ReadTree(Node root, Fields fields) {}

    private static ReadTree read(SourceText source, Reading reading) throws SettingsException {
        Optional<Node> root = YamlTree.of(source, reading.problems());
        Optional<Fields> fields = root.flatMap(node -> SettingsSection.SECTION.read(node, reading));
        if (!reading.problems().isEmpty()) {
            throw reading.problems().toException();
        }
        return new ReadTree(root.orElseThrow(), fields.orElseThrow());
    }
}
