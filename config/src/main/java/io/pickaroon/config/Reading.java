package io.pickaroon.config;

import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What is at hand while one file is read. */
record Reading(Problems problems, Expansion expansion, RegexCheck regexCheck) {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    void report(Place place, String message) {
        problems.add(place, message);
    }

    void report(Place place, String message, Optional<String> suggestion) {
        problems.add(place, message, suggestion);
    }

    /** The expanded text of a scalar; empty, and reported, when the node is something else. */
    Optional<String> text(Node node, String expected) {
        if (node instanceof ScalarNode scalar && !isNull(node)) {
            try {
                return Optional.of(expansion.expand(scalar.getValue()));
            } catch (Mismatch mismatch) {
                problems.add(Place.of(node), mismatch.getMessage(), mismatch.suggestion());
                return Optional.empty();
            }
        }
        problems.add(Place.of(node), "expected " + expected + ", found " + describe(node));
        return Optional.empty();
    }

    /** Whether YAML reads the node as no value. */
    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar && scalar.isPlain() && NULLS.contains(scalar.getValue());
    }

    static String describe(Node node) {
        return switch (node) {
            case MappingNode _ -> "a mapping";
            case SequenceNode _ -> "a list";
            case ScalarNode scalar
            when isNull(scalar) ->
                scalar.getValue().isEmpty()
                        ? "nothing"
                        : "YAML's null; put it in quotes if the text '" + scalar.getValue() + "' is meant";
            case ScalarNode scalar -> Mismatch.quoted(scalar.getValue());
            default -> "something else";
        };
    }
}
