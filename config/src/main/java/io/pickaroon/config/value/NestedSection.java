package io.pickaroon.config.value;

import java.util.Optional;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A section that can hold itself, within the bounds of {@link Nesting}.
 *
 * @param section asked when it is read, because it is not there before its keys are
 */
public record NestedSection(Supplier<Section> section) implements ValueType<Fields> {
    @Override
    public Optional<Fields> read(Node node, Reading reading) {
        return Nesting.isBounded(node, reading) ? section.get().read(node, reading) : Optional.empty();
    }
}
