package io.pickaroon.config.value;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.yaml.Located;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A YAML mapping of any keys to texts, which are kept as they are written: {@code 1e3} stays {@code 1e3}. */
public record TextMapType(String name) implements ValueType<Map<String, Located<String>>> {
    @Override
    public Optional<Map<String, Located<String>>> read(Node node, Reading reading) {
        Map<String, Located<String>> texts = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            Set<String> seen = new HashSet<>();
            mapping.getValue().forEach(tuple -> readEntry(tuple, seen, texts, reading));
        } else if (!Reading.isNull(node)) {
            reading.report(
                    Place.of(node),
                    "expected a mapping of names to values for " + name + ", found " + Reading.describe(node));
            return Optional.empty();
        }
        return Optional.of(texts);
    }

    private void readEntry(NodeTuple tuple, Set<String> seen, Map<String, Located<String>> texts, Reading reading) {
        Place place = Place.of(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode key) || Reading.isNull(key)) {
            reading.report(place, "expected a name in " + name + ", found " + Reading.describe(tuple.getKeyNode()));
            return;
        }
        if (!seen.add(key.getValue())) {
            reading.report(place, "the key " + Mismatch.quoted(key.getValue()) + " is given twice in " + name);
        } else if (tuple.getValueNode() instanceof MappingNode nested) {
            reading.report(
                    Place.of(nested),
                    "expected a text, found a mapping",
                    Optional.of("write nested names with dots, as in '" + key.getValue() + ".name'"));
        } else {
            reading.text(tuple.getValueNode(), "a text (\"\" for an empty one)", quoting(key.getValue()))
                    .ifPresent(text -> texts.put(
                            key.getValue(), new Located<>(text, place, Reading.written(tuple.getValueNode()))));
        }
    }

    private static Expansion.Quoting quoting(String key) {
        return key.endsWith("sasl.jaas.config") ? JaasQuoting::quoted : Expansion.Quoting.NONE;
    }
}
