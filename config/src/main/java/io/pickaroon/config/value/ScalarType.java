package io.pickaroon.config.value;

import io.pickaroon.config.problem.Mismatch;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A value that is written as one YAML scalar, quoted or not.
 *
 * @param expected what a writer should put here, with its article: "a whole number"
 */
public record ScalarType<T>(String expected, Parser<T> parser) implements ValueType<T> {
    /** Makes a value of a text in which variables are already expanded. */
    @FunctionalInterface
    public interface Parser<T> {
        T parse(String text) throws Mismatch;
    }

    @Override
    public Optional<T> read(Node node, Reading reading) {
        Optional<String> text = reading.textWithoutLineEnd(node, expected);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.parse(text.get()));
        } catch (Mismatch mismatch) {
            reading.reportIn(node, expected, mismatch);
            return Optional.empty();
        }
    }
}
