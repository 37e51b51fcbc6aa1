package io.pickaroon.config.problem;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A position in the settings file.
 *
 * @param line from 1
 * @param column from 1, in Unicode code points
 */
public record Place(int line, int column) {
    public static final Place START = new Place(1, 1);

    public static Place of(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    public static Place of(Node node) {
        return node.getStartMark().map(Place::of).orElse(START);
    }
}
