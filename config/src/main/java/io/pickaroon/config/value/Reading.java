package io.pickaroon.config.value;

import io.pickaroon.config.check.PropertiesCheck;
import io.pickaroon.config.check.RegexCheck;
import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.yaml.Problems;
import io.pickaroon.records.TemplateScope;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What is at hand while one file is read.
 *
 * @param otherFiles those that are read, too, because it names them; grows while it is read
 */
public record Reading(
        Problems problems,
        Expansion expansion,
        RegexCheck regexCheck,
        PropertiesCheck propertiesCheck,
        Set<Path> otherFiles) {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    public Reading(Problems problems, Expansion expansion, RegexCheck regexCheck, PropertiesCheck propertiesCheck) {
        this(problems, expansion, regexCheck, propertiesCheck, new LinkedHashSet<>());
    }

    public void report(Place place, String message) {
        problems.add(place, message);
    }

    /** Warns of something that is allowed, and probably not meant. */
    public void warn(Place place, String message, Optional<String> suggestion) {
        problems.warn(place, message, suggestion);
    }

    public void report(Place place, String message, Optional<String> suggestion) {
        problems.add(place, message, suggestion);
    }

    /** The expanded text of a scalar; empty, and reported, when the node is something else. */
    Optional<String> text(Node node, String expected) {
        return text(node, expected, Expansion.Quoting.NONE);
    }

    /**
     * As {@link #text}, but the line feed at the end of a YAML block text is refused: it would be a part of the value, and is
     * hardly meant to be.
     */
    Optional<String> textWithoutLineEnd(Node node, String expected) {
        if (node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED)
                && scalar.getValue().endsWith("\n")) {
            String indicator = scalar.getScalarStyle().toString();
            report(
                    Place.of(node),
                    "a block text that begins with '" + indicator + "' ends with a line feed, which would be a part of "
                            + expected,
                    Optional.of("write '" + indicator + "-'"));
            return Optional.empty();
        }
        return text(node, expected);
    }

    /** As the other one, with values of variables and files written as {@code quoting} does. */
    Optional<String> text(Node node, String expected, Expansion.Quoting quoting) {
        if (node instanceof ScalarNode scalar && !isNull(node)) {
            try {
                String expanded = expansion.expand(scalar.getValue(), quoting);
                otherFiles.addAll(Expansion.filesIn(scalar.getValue()));
                return Optional.of(expanded);
            } catch (Mismatch mismatch) {
                problems.add(Place.of(node), mismatch.getMessage(), mismatch.suggestion());
                return Optional.empty();
            }
        }
        problems.add(Place.of(node), "expected " + expected + ", found " + describe(node));
        return Optional.empty();
    }

    /**
     * Tells a mistake in an expanded text. What a variable or a file brought may be a secret that came to stand in a wrong
     * place: it is shown as it is written, and what follows from it is not.
     */
    void reportIn(Node node, String expected, Mismatch mismatch) {
        if (written(node).isPresent()) {
            reportHidden(node, expected);
        } else {
            report(Place.of(node), mismatch.getMessage(), mismatch.suggestion());
        }
    }

    /** Tells a mistake of which nothing but the text, as it is written, can be shown. */
    void reportHidden(Node node, String expected) {
        report(
                Place.of(node),
                "expected " + expected + ", which is not what " + Mismatch.quoted(((ScalarNode) node).getValue())
                        + " stands for");
    }

    /** What may be named in templates, beside what is known of their records. */
    public TemplateScope scope() {
        return expansion.scope();
    }

    /** How a scalar is written, if a variable or a file brings a part of it. */
    static Optional<String> written(Node node) {
        return node instanceof ScalarNode scalar
                ? Optional.of(scalar.getValue()).filter(Expansion::bringsValue)
                : Optional.empty();
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
