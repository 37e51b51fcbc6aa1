package io.pickaroon.config.value;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Suggestion;
import io.pickaroon.config.yaml.Located;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A YAML mapping with known keys. An absent value is an empty mapping.
 *
 * @param name how messages call it
 * @param check what its keys demand of each other
 */
public record Section(String name, List<Key<?>> keys, Check check) implements ValueType<Fields> {
    /** Looks at several keys together. Sees only the values that are right by themselves. */
    @FunctionalInterface
    public interface Check {
        /** Nothing to demand. */
        Check NONE = (_, _, _) -> {};

        void check(Fields fields, Place place, Reading reading);
    }

    public Section {
        keys = List.copyOf(keys);
    }

    @Override
    public Optional<Fields> read(Node node, Reading reading) {
        Fields fields = new Fields(this);
        if (node instanceof MappingNode mapping) {
            Set<String> seen = new HashSet<>();
            mapping.getValue().forEach(tuple -> readEntry(tuple, seen, fields, reading));
        } else if (!Reading.isNull(node)) {
            reading.report(
                    Place.of(node),
                    "expected a mapping for " + name + " with " + list(names()) + ", found " + Reading.describe(node));
            return Optional.empty();
        }
        for (Key<?> key : keys) {
            if (key.required() && !fields.mentions(key)) {
                reading.report(Place.of(node), "missing key '" + key.name() + "' in " + name);
            }
        }
        check.check(fields, Place.of(node), reading);
        return Optional.of(fields);
    }

    List<String> names() {
        return keys.stream().map(Key::name).toList();
    }

    /** Demands that exactly one of the keys is there. */
    public void requireExactlyOne(List<Key<?>> choices, Fields fields, Place place, Reading reading) {
        List<Key<?>> given = choices.stream().filter(fields::mentions).toList();
        List<String> names = choices.stream().map(Key::name).toList();
        if (given.isEmpty()) {
            reading.report(place, "expected exactly one of " + list(names) + " in " + name + ", found none");
        }
        given.stream()
                .skip(1)
                .forEach(key -> reading.report(
                        fields.placeOf(key),
                        "'" + key.name() + "' cannot stand beside '"
                                + given.getFirst().name() + "': expected exactly one of " + list(names) + " in "
                                + name));
    }

    public static String list(List<String> words) {
        return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(", "));
    }

    private void readEntry(NodeTuple tuple, Set<String> seen, Fields fields, Reading reading) {
        Place place = Place.of(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
            reading.report(place, "expected a key of " + name + ", found " + Reading.describe(tuple.getKeyNode()));
            return;
        }
        String word = keyNode.getValue();
        if (!seen.add(word)) {
            reading.report(place, "the key " + Mismatch.quoted(word) + " is given twice in " + name);
            return;
        }
        for (Key<?> key : keys) {
            if (key.name().equals(word)) {
                fields.mention(word, place);
                readValue(key, tuple.getValueNode(), fields, reading);
                return;
            }
        }
        if (!reading.problems().isFull()) {
            reportUnknown(word, place, fields, reading);
        }
    }

    private static <T> void readValue(Key<T> key, Node node, Fields fields, Reading reading) {
        key.type()
                .read(node, reading)
                .ifPresent(value -> fields.put(key, new Located<>(value, Place.of(node), Reading.written(node))));
    }

    private void reportUnknown(String word, Place place, Fields fields, Reading reading) {
        Optional<String> meant = Suggestion.nearest(word, names());
        meant.ifPresent(key -> fields.mention(key, place));
        Optional<String> suggestion = meant.or(() -> placeInside(word))
                .map(key -> "did you mean '" + key + "'?")
                .or(() -> Optional.of(keys.isEmpty() ? "it takes no keys" : "expected one of " + list(names())));
        reading.report(place, "unknown key " + Mismatch.quoted(word) + " in " + name, suggestion);
    }

    /** The section beneath this one in which the key would have been right. */
    private Optional<String> placeInside(String word) {
        List<String> paths = new ArrayList<>();
        for (Key<?> key : keys) {
            if (key.type() instanceof Section inner && inner.names().contains(word)) {
                paths.add(key.name() + "." + word);
            }
        }
        return paths.stream().findFirst();
    }
}
