package io.pickaroon.config;

import java.nio.file.Path;
import java.util.Optional;
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
        return read(file, environment, RegexCheck.NONE);
    }

    /**
     * Reads a file.
     *
     * @param environment the value of an environment variable, null when it is not set; {@code System::getenv}
     * @param regexCheck refuses what the engine would not understand
     * @throws SettingsException with all problems in the order of the file
     */
    public static Settings read(Path file, UnaryOperator<String> environment, RegexCheck regexCheck)
            throws SettingsException {
        return read(SourceText.read(file), new Expansion(environment), regexCheck, Machine.local());
    }

    static Settings read(SourceText source, Expansion expansion, RegexCheck regexCheck, Machine machine)
            throws SettingsException {
        Problems problems = new Problems(source);
        Optional<Node> root = YamlTree.of(source, problems);
        Optional<Fields> fields =
                root.flatMap(node -> SettingsSection.SECTION.read(node, new Reading(problems, expansion, regexCheck)));
        if (!problems.isEmpty()) {
            throw problems.toException();
        }
        return SettingsSection.build(fields.orElseThrow(), machine);
    }
}
