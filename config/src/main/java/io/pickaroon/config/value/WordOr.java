package io.pickaroon.config.value;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Suggestion;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A value that is one of some words, or has a form of its own.
 *
 * @param form how a message calls what is no word
 * @param formClass the kind of node that has this form
 */
public record WordOr<T>(Choices<T> words, String form, Class<? extends Node> formClass, ValueType<T> other)
        implements ValueType<T> {
    @Override
    public Optional<T> read(Node node, Reading reading) {
        if (formClass.isInstance(node)) {
            return other.read(node, reading);
        }
        List<String> names = List.copyOf(words.byName().keySet());
        String expected = "one of " + Section.list(names) + ", or " + form;
        if (!(node instanceof ScalarNode)) {
            reading.report(Place.of(node), "expected " + expected + ", found " + Reading.describe(node));
            return Optional.empty();
        }
        ScalarType<T> word = new ScalarType<>(expected, text -> {
            T value = words.byName().get(text);
            if (value == null) {
                throw new Mismatch(
                        "expected " + expected + ", found " + Mismatch.quoted(text),
                        Suggestion.didYouMean(text, names));
            }
            return value;
        });
        return word.read(node, reading);
    }
}
