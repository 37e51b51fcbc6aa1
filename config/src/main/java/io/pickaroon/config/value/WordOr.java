package io.pickaroon.config.value;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Suggestion;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A value that is one of some words, or has a form of its own.
 *
 * @param form how a message calls what is no word
 * @param section the keys of that form if it is a mapping; empty: it is a list
 * @param other reads that form
 */
public record WordOr<T>(Choices<T> words, String form, Optional<Section> section, ValueType<T> other)
        implements ValueType<T> {
    @Override
    public Optional<T> read(Node node, Reading reading) {
        if (section.isPresent() ? node instanceof MappingNode : node instanceof SequenceNode) {
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
