package io.pickaroon.config.value;

import io.pickaroon.config.problem.Place;
import io.pickaroon.config.yaml.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML list. Items that are wrong are reported and left out, so that the others can still be looked at.
 *
 * @param noun what one item is, for messages
 * @param minimum how many items there must be
 * @param isOneEnough whether an item may stand for a list of itself alone
 */
public record ListType<T>(String noun, ValueType<T> item, int minimum, boolean isOneEnough)
        implements ValueType<List<Located<T>>> {
    public ListType(String noun, ValueType<T> item, int minimum) {
        this(noun, item, minimum, false);
    }

    @Override
    public Optional<List<Located<T>>> read(Node node, Reading reading) {
        if (isOneEnough && !(node instanceof SequenceNode) && !Reading.isNull(node)) {
            return item.read(node, reading)
                    .map(value -> List.of(new Located<>(value, Place.of(node), Reading.written(node))));
        }
        if (!(node instanceof SequenceNode sequence)) {
            boolean single = node instanceof ScalarNode && !Reading.isNull(node);
            reading.report(
                    Place.of(node),
                    "expected a list of " + noun + "s, found " + Reading.describe(node),
                    single ? Optional.of("write it as [ ... ]") : Optional.empty());
            return Optional.empty();
        }
        if (sequence.getValue().size() < minimum) {
            reading.report(Place.of(node), "expected at least one " + noun + ", found an empty list");
        }
        List<Located<T>> items = new ArrayList<>();
        for (Node itemNode : sequence.getValue()) {
            item.read(itemNode, reading)
                    .ifPresent(value -> items.add(new Located<>(value, Place.of(itemNode), Reading.written(itemNode))));
        }
        return Optional.of(List.copyOf(items));
    }
}
