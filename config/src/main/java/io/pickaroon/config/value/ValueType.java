package io.pickaroon.config.value;

import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Makes a typed value of a YAML node. */
@FunctionalInterface
public interface ValueType<T> {
    /** The value; empty when the node does not have one, which was then reported with its position. */
    Optional<T> read(Node node, Reading reading);
}
