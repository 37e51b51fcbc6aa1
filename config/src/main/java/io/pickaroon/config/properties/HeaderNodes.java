package io.pickaroon.config.properties;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Suggestion;
import io.pickaroon.config.settings.HeaderSettings;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.WordOr;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Makes nodes of headers. */
record HeaderNodes(OpenProperties open, PropertyNodes nodes) {
    /** A word for all of them, or a list of words and of headers whose texts are below. */
    Node read(WordOr<?> choice, String property, Optional<String> text) {
        List<String> names = ListText.split(text.orElse(""));
        if (text.isEmpty()) {
            names = open.below(property).stream()
                    .map(name -> name.substring(property.length() + 1))
                    .toList();
            nodes.report(
                    property,
                    "expected the names of the headers, separated by commas, found nothing",
                    Optional.of("did you mean '" + ListText.join(names) + "'?"));
        }
        if (names.size() == 1
                && choice.words().byName().containsKey(names.getFirst())
                && !open.has(property + "." + names.getFirst())) {
            return nodes.scalar(property, names.getFirst());
        }
        List<Node> headers = new ArrayList<>();
        Set<String> own = new LinkedHashSet<>();
        for (String name : names) {
            String template = property + "." + name;
            Optional<String> value = open.take(template);
            if (value.isPresent()) {
                own.add(name);
                NodeTuple header = nodes.tuple(template, name, nodes.template(template, value.get()));
                headers.add(nodes.mapping(template, List.of(header)));
            } else if (own.contains(name)) {
                nodes.report(property, "the header " + Mismatch.quoted(name) + " is listed twice", Optional.empty());
            } else if (HeaderSettings.WORDS.contains(name)) {
                headers.add(nodes.scalar(property, name));
            } else {
                nodes.report(
                        property,
                        "expected one of " + Section.list(HeaderSettings.WORDS) + ", or a header of your own with its"
                                + " text in '" + template + "', found " + Mismatch.quoted(name),
                        Suggestion.didYouMean(name, HeaderSettings.WORDS));
            }
        }
        List<String> listed = List.copyOf(names);
        open.takeBelow(property).forEach((other, _) -> nodes.reportUnnamed(other, property, listed));
        return headers.isEmpty() && !names.isEmpty()
                ? nodes.scalar(
                        property, choice.words().byName().keySet().iterator().next())
                : nodes.sequence(property, headers);
    }
}
