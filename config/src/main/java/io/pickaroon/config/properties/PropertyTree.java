package io.pickaroon.config.properties;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Problem;
import io.pickaroon.config.problem.Suggestion;
import io.pickaroon.config.section.ConnectorSection;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.ListType;
import io.pickaroon.config.value.NestedSection;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.TextMapType;
import io.pickaroon.config.value.WordOr;
import io.pickaroon.config.yaml.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * Makes of flat properties the tree of nodes that a settings file with the same content has. Each node stands in a line of
 * its own, the number of which leads back to the property. Used by one thread.
 *
 * <p>The keys of the sections say what a property holds: a text, a list, or the names of items whose properties follow. What
 * no key takes is unknown, and reported, as is what a connector cannot do.
 */
final class PropertyTree {
    /** More than conditions may have. */
    private static final int MOST_LEVELS = 60;

    private final OpenProperties open;
    private final PropertyNodes nodes = new PropertyNodes();
    private final MappingNode root;

    private PropertyTree(Map<String, String> properties, Section section) {
        open = new OpenProperties();
        properties.forEach((name, value) -> {
            if (value != null) {
                admit(name, value, section);
            }
        });
        root = mapping(section, "", Optional.empty(), 0);
    }

    /** @param section whose keys the properties have */
    static PropertyTree of(Map<String, String> properties, Section section) {
        return new PropertyTree(properties, section);
    }

    MappingNode root() {
        return root;
    }

    /** What is wrong so far, to which more can be added. */
    Problems problems() {
        return nodes.problems();
    }

    /** The problems, or warnings, with the properties that they belong to. */
    List<PropertyProblem> located(List<Problem> problems) {
        return nodes.located(problems);
    }

    /** Keeps a property if it is one of these; reports it if it looks like one, or is the daemon's. */
    private void admit(String name, String value, Section section) {
        String first = OpenProperties.first(name);
        List<String> words = UnknownProperties.names(section);
        if (words.contains(first)) {
            open.put(name, value);
            return;
        }
        String reason = ConnectorSection.ofTheDaemon().get(first);
        if (reason != null) {
            nodes.report(name, "a connector has no such setting: " + reason, Optional.of(ConnectorSection.REMOVE_IT));
            return;
        }
        words.stream()
                .filter(word -> Suggestion.plainDistance(first, word) <= (first.equals(name) ? 0 : 1))
                .findFirst()
                .ifPresent(word -> nodes.report(
                        name,
                        UnknownProperties.MESSAGE,
                        Optional.of("did you mean '" + word + name.substring(first.length()) + "'?")));
    }

    /**
     * The properties below a name.
     *
     * @param name empty for all properties
     * @param id the name of an item in its list
     */
    private MappingNode mapping(Section section, String name, Optional<Node> id, int level) {
        String prefix = name.isEmpty() ? "" : name + ".";
        List<NodeTuple> tuples = new ArrayList<>();
        MappingNode mapping = nodes.mapping(name, tuples);
        id.ifPresent(node -> tuples.add(nodes.tuple(name, ConnectorSection.ID, node)));
        if (level > MOST_LEVELS) {
            open.takeBelow(name);
            return mapping;
        }
        new UnknownProperties(open, nodes).report(section, prefix, id.isPresent());
        for (Key<?> key : section.keys()) {
            if (id.isEmpty() || !key.name().equals(ConnectorSection.ID)) {
                String property = prefix + key.name();
                value(key, property, level).ifPresent(value -> tuples.add(nodes.tuple(property, key.name(), value)));
            }
        }
        return mapping;
    }

    /** What a key has; empty if it is not given. */
    private Optional<Node> value(Key<?> key, String property, int level) {
        boolean isGiven = open.has(property);
        Optional<String> text = open.take(property);
        Optional<String> refusal =
                ConnectorSection.refusal(key, isGiven ? text.or(() -> Optional.of("")) : Optional.empty());
        if (refusal.isPresent()) {
            Optional<String> instead = ConnectorSection.insteadOfRefused(key);
            nodes.report(
                    property,
                    refusal.get(),
                    instead.isPresent() ? Optional.empty() : Optional.of(ConnectorSection.REMOVE_IT));
            open.takeBelow(property);
            return instead.map(word -> nodes.scalar(property, word));
        }
        Optional<Node> value = isGiven ? given(key, property, text, level) : Optional.empty();
        Optional<String> refusalBelow = ConnectorSection.refusalBelow(key);
        open.takeBelow(property)
                .forEach((name, _) -> nodes.report(
                        name,
                        refusalBelow.orElse(UnknownProperties.MESSAGE),
                        Optional.of(
                                refusalBelow.isPresent()
                                        ? ConnectorSection.REMOVE_IT
                                        : "did you mean '" + property + "'?")));
        return value.or(() -> key.required() ? Optional.of(nodes.nothing(property)) : Optional.empty());
    }

    private Optional<Node> given(Key<?> key, String property, Optional<String> text, int level) {
        return switch (key.type()) {
            case Section section -> Optional.of(section(section, property, text, level));
            case NestedSection nested -> Optional.of(section(nested.section().get(), property, text, level));
            case ListType<?> list -> list(list, property, text, level);
            case WordOr<?> choice -> choice(choice, property, text, level);
            case TextMapType _ -> Optional.of(texts(property, text));
            default ->
                text.map(value -> ConnectorSection.isTemplate(key)
                        ? nodes.template(property, value)
                        : nodes.scalar(property, value));
        };
    }

    private Node section(Section section, String property, Optional<String> text, int level) {
        text.ifPresent(_ -> nodes.report(
                property,
                "it has no value of its own",
                Optional.of("expected properties below it: " + Section.list(UnknownProperties.names(section)))));
        return mapping(section, property, Optional.empty(), level + 1);
    }

    private Optional<Node> list(ListType<?> list, String property, Optional<String> text, int level) {
        return switch (list.item()) {
            case Section section -> Optional.of(items(section, list.noun(), property, text, level));
            case NestedSection nested -> Optional.of(items(nested.section().get(), list.noun(), property, text, level));
            default ->
                text.map(items -> nodes.sequence(
                        property,
                        ListText.split(items).stream()
                                .<Node>map(item -> nodes.scalar(property, item))
                                .toList()));
        };
    }

    /** A list of names, with the properties of each. */
    private Node items(Section section, String noun, String property, Optional<String> text, int level) {
        Set<String> names = new ItemNames(open, nodes).read(section, noun, property, text);
        boolean haveIds = section.keys().stream().anyMatch(key -> key.name().equals(ConnectorSection.ID));
        Map<String, Node> items = new HashMap<>();
        for (String name : names) {
            // What is below a longer name is not the shorter one's.
            Stream.concat(names.stream().filter(other -> other.startsWith(name + ".")), Stream.of(name))
                    .filter(other -> !items.containsKey(other))
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .forEach(other -> items.put(
                            other,
                            mapping(
                                    section,
                                    property + "." + other,
                                    haveIds ? Optional.of(nodes.scalar(property, other)) : Optional.empty(),
                                    level + 1)));
        }
        open.takeBelow(property).forEach((other, _) -> nodes.reportUnnamed(other, property, List.copyOf(names)));
        return nodes.sequence(property, names.stream().map(items::get).toList());
    }

    /** One of some words, or what has a form of its own: properties below, or a list of headers. */
    private Optional<Node> choice(WordOr<?> choice, String property, Optional<String> text, int level) {
        if (choice.section().isEmpty()) {
            return Optional.of(new HeaderNodes(open, nodes).read(choice, property, text));
        }
        Section section = choice.section().get();
        String below = property + "." + UnknownProperties.names(section).getFirst();
        if (open.has(below)) {
            text.ifPresent(_ -> nodes.report(
                    property, "it cannot stand beside '" + below + "'", Optional.of("remove one of them")));
            return Optional.of(mapping(section, property, Optional.empty(), level + 1));
        }
        List<String> words = List.copyOf(choice.words().byName().keySet());
        return text.map(word -> {
            if (words.contains(word)) {
                return nodes.scalar(property, word);
            }
            nodes.report(
                    property,
                    "expected one of " + Section.list(words) + ", or '" + below + "', found " + Mismatch.quoted(word),
                    Suggestion.didYouMean(word, words));
            // Any word will do for checks of what goes with it.
            return nodes.scalar(property, words.getLast());
        });
    }

    /** Texts under any names. */
    private Node texts(String property, Optional<String> text) {
        text.ifPresent(_ -> nodes.report(
                property, "it has no value of its own", Optional.of("write '" + property + ".NAME' for each name")));
        List<NodeTuple> tuples = new ArrayList<>();
        open.takeBelow(property)
                .forEach((name, value) -> tuples.add(
                        nodes.tuple(name, name.substring(property.length() + 1), nodes.scalar(name, value))));
        return nodes.mapping(property, tuples);
    }
}
