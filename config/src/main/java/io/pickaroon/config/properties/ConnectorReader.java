package io.pickaroon.config.properties;

import io.pickaroon.config.check.PropertiesCheck;
import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.section.ConnectorSection;
import io.pickaroon.config.value.Expansion;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Reading;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.yaml.Problems;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads inputs and rules from the flat properties of a connector, with the types, bounds and checks of a settings file.
 * Everything that is wrong with them is told at once. Keeps no state; any thread may call it.
 *
 * <p>What else a connector has is left alone: properties that are neither {@code inputs}, {@code rules}, {@code maxOpenFiles}
 * and {@code lookInterval}, nor below the first two, nor settings of the daemon.
 */
public final class ConnectorReader {
    private ConnectorReader() {}

    /**
     * Reads properties.
     *
     * @param properties by their names; one that is null is not given
     * @param deadLetterTopic where records go that cannot be sent; empty: such a record stops a task, so that rules may not make
     *     some
     * @param regexCheck refuses what the engine would not understand
     * @param warned is told what is allowed and probably not meant, if nothing is wrong
     * @throws PropertiesException with all problems
     */
    public static ConnectorSettings read(
            Map<String, String> properties,
            Optional<String> deadLetterTopic,
            RegexCheck regexCheck,
            Consumer<PropertyProblem> warned)
            throws PropertiesException {
        Section section = ConnectorSection.of(deadLetterTopic.isPresent());
        PropertyTree tree = PropertyTree.of(properties, section);
        Problems problems = tree.problems();
        Reading reading = new Reading(problems, Expansion.withoutEnvironment(), regexCheck, PropertiesCheck.NONE);
        Optional<Fields> read = section.read(tree.root(), reading);
        if (!problems.isEmpty()) {
            throw new PropertiesException(tree.located(problems.toException().problems()));
        }
        tree.located(problems.warnings()).forEach(warned);
        Fields fields = read.orElseThrow();
        return new ConnectorSettings(
                ConnectorSection.build(fields, deadLetterTopic, reading.scope()), ConnectorSection.modes(fields));
    }
}
