package io.pickaroon.config.properties;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Problem;
import io.pickaroon.config.problem.Suggestion;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.yaml.Problems;
import io.pickaroon.config.yaml.SourceText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Makes nodes that know their properties: each property is a line of a text that has nothing but their names. */
final class PropertyNodes {
    /** More names are not shown in a message. */
    private static final int MOST_NAMES = 12;

    /** @param line of the property */
    private record Mistake(int line, String message, Optional<String> suggestion) {}

    private final List<String> properties = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Mistake> mistakes = new ArrayList<>();

    void report(String property, String message, Optional<String> suggestion) {
        mistakes.add(new Mistake(lineOf(property), message, suggestion));
    }

    /** Tells of a property whose item is not in its list. */
    void reportUnnamed(String property, String list, List<String> names) {
        String rest = property.substring(list.length() + 1);
        String name = OpenProperties.first(rest);
        Optional<String> meant = Suggestion.nearest(name, names)
                .map(other -> "did you mean '" + list + "." + other + rest.substring(name.length()) + "'?");
        report(
                property,
                Mismatch.quoted(name) + " is not named in '" + list + "'",
                meant.or(() -> Optional.of("it names " + Section.list(names))
                        .filter(_ -> !names.isEmpty() && names.size() <= MOST_NAMES)));
    }

    /** What was reported, to which more can be added; no more properties can be. */
    Problems problems() {
        List<String> text = List.copyOf(properties);
        Problems problems = new Problems(new SourceText(Path.of(""), "", text, text));
        mistakes.forEach(
                mistake -> problems.add(new Place(mistake.line(), 1), mistake.message(), mistake.suggestion()));
        return problems;
    }

    /** The problems with their properties. */
    List<PropertyProblem> located(List<Problem> problems) {
        return problems.stream()
                .map(problem -> new PropertyProblem(
                        properties.get(problem.line() - 1), problem.message(), problem.suggestion()))
                .toList();
    }

    /** A text in which nothing is expanded: Kafka Connect has done that. */
    ScalarNode scalar(String property, String text) {
        return new ScalarNode(
                Tag.STR, true, text.replace("${", "$${"), ScalarStyle.DOUBLE_QUOTED, mark(property), Optional.empty());
    }

    /**
     * A template. Names of the environment are reported, and others put in their place, so that the rest is checked.
     */
    ScalarNode template(String property, String text) {
        List<String> names = EnvironmentNames.in(text);
        if (names.isEmpty()) {
            return scalar(property, text);
        }
        report(
                property,
                Mismatch.quoted(names.getFirst())
                        + " cannot be used here: each worker has an environment of its own, and a"
                        + " record is the same whichever of them sends it",
                Optional.of("write the text itself, or take it from a config provider, as in '${env:NAME}'"));
        return scalar(property, EnvironmentNames.replacedIn(text));
    }

    /** What stands where nothing is given. */
    ScalarNode nothing(String property) {
        return new ScalarNode(Tag.NULL, true, "", ScalarStyle.PLAIN, mark(property), Optional.empty());
    }

    NodeTuple tuple(String property, String key, Node value) {
        return new NodeTuple(
                new ScalarNode(Tag.STR, true, key, ScalarStyle.DOUBLE_QUOTED, mark(property), Optional.empty()), value);
    }

    MappingNode mapping(String property, List<NodeTuple> tuples) {
        return new MappingNode(Tag.MAP, true, tuples, FlowStyle.BLOCK, mark(property), Optional.empty());
    }

    SequenceNode sequence(String property, List<Node> items) {
        return new SequenceNode(Tag.SEQ, true, items, FlowStyle.BLOCK, mark(property), Optional.empty());
    }

    private Optional<Mark> mark(String property) {
        return Optional.of(new Mark("", 0, lineOf(property) - 1, 0, new int[0], 0));
    }

    private int lineOf(String property) {
        return lines.computeIfAbsent(property, name -> {
            properties.add(name);
            return properties.size();
        });
    }
}
