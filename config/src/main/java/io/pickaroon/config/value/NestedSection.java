package io.pickaroon.config.value;

import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** A section that can hold itself, within the bounds of {@link Nesting}. */
@FunctionalInterface
public interface NestedSection extends ValueType<Fields> {
    Section section();

    @Override
    default Optional<Fields> read(Node node, Reading reading) {
        return Nesting.isBounded(node, reading) ? section().read(node, reading) : Optional.empty();
    }
}
