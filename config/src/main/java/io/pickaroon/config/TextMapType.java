package io.pickaroon.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A YAML mapping of any keys to texts, which are kept as they are written: {@code 1e3} stays {@code 1e3}. */
record TextMapType(String name) implements ValueType<Map<String, Located<String>>> {
    @Override
    public Optional<Map<String, Located<String>>> read(Node node, Reading reading) {
        Map<String, Located<String>> texts = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> readEntry(tuple, texts, reading));
        } else if (!Reading.isNull(node)) {
            reading.problems()
                    .add(
                            Place.of(node),
                            name + " expected a mapping of names to values, found " + Reading.describe(node));
            return Optional.empty();
        }
        return Optional.of(texts);
    }

    private void readEntry(NodeTuple tuple, Map<String, Located<String>> texts, Reading reading) {
        Place place = Place.of(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode key) || Reading.isNull(key)) {
            reading.problems()
                    .add(place, "expected a name in " + name + ", found " + Reading.describe(tuple.getKeyNode()));
            return;
        }
        Optional<String> text = tuple.getValueNode() instanceof MappingNode
                ? refuseNested(key.getValue(), tuple.getValueNode(), reading)
                : reading.text(tuple.getValueNode(), "a text (\"\" for an empty one)");
        if (texts.putIfAbsent(key.getValue(), new Located<>(text.orElse(""), place)) != null) {
            reading.problems().add(place, "the key " + Mismatch.quoted(key.getValue()) + " is given twice in " + name);
        }
    }

    private static Optional<String> refuseNested(String key, Node node, Reading reading) {
        reading.problems()
                .add(
                        Place.of(node),
                        "expected a text, found a mapping",
                        Optional.of("write nested names with dots, as in '" + key + ".name'"));
        return Optional.empty();
    }
}
