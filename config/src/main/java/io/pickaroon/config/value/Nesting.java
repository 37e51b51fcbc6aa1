package io.pickaroon.config.value;

import io.pickaroon.config.problem.Place;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Holds a tree of sections within bounds before it is read: with aliases, a small file has a large or an endless one. */
public final class Nesting {
    private static final int MOST_LEVELS = 20;
    private static final int MOST_NODES = 1_000;

    private int nodes;

    private Nesting() {}

    /** Whether the tree is small enough; it is reported if not. */
    public static boolean isBounded(Node node, Reading reading) {
        boolean isBounded = new Nesting().count(node, 1);
        if (!isBounded) {
            reading.report(
                    Place.of(node), "more than 1,000 conditions and lists of them, or nested deeper than 20 levels");
        }
        return isBounded;
    }

    /** Counts mappings and lists. A level of conditions is a mapping and a list. */
    private boolean count(Node node, int level) {
        if (level > 2 * MOST_LEVELS) {
            return false;
        }
        return switch (node) {
            case MappingNode mapping ->
                ++nodes <= MOST_NODES
                        && mapping.getValue().stream().allMatch(tuple -> count(tuple.getValueNode(), level + 1));
            case SequenceNode list ->
                ++nodes <= MOST_NODES && list.getValue().stream().allMatch(item -> count(item, level + 1));
            default -> true;
        };
    }
}
