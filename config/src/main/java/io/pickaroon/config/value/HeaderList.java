package io.pickaroon.config.value;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Suggestion;
import io.pickaroon.config.settings.HeaderSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What {@code headers} says.
 *
 * @param word all or none; empty: the listed ones
 */
public record HeaderList(Optional<HeaderSettings> word, List<Header> listed) {
    public static final ValueType<HeaderList> TYPE =
            new WordOr<>(words(), "a list of headers", Optional.empty(), HeaderList::list);

    private static final Pattern NAME = Pattern.compile("[!-~]{1,100}");
    /** Dead letters have headers of these names. */
    private static final String RESERVED = "pickaroon.dead-letter.";

    private static final String EXPECTED =
            "one of " + Section.list(HeaderSettings.WORDS) + ", or a header of your own, { name: text }";

    /**
     * A header that is asked for.
     *
     * @param value of a header with a name of its own
     */
    public record Header(String name, Optional<TemplateText> value) {}

    public HeaderList {
        listed = List.copyOf(listed);
    }

    private static Choices<HeaderList> words() {
        Map<String, HeaderList> words = new LinkedHashMap<>();
        words.put("all", new HeaderList(Optional.of(new HeaderSettings.All()), List.of()));
        words.put("none", new HeaderList(Optional.of(new HeaderSettings.None()), List.of()));
        return new Choices<>(words);
    }

    private static Optional<HeaderList> list(Node node, Reading reading) {
        List<Node> items = ((SequenceNode) node).getValue();
        if (items.isEmpty()) {
            reading.report(
                    Place.of(node), "expected at least one header, found an empty list", Optional.of("write 'none'"));
        }
        List<Header> headers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node item : items) {
            if (item instanceof MappingNode mapping) {
                mapping.getValue()
                        .forEach(tuple -> own(tuple, reading).ifPresent(header -> {
                            add(header, Place.of(tuple.getKeyNode()), names, headers, reading);
                        }));
            } else if (item instanceof ScalarNode) {
                word(item, reading).ifPresent(header -> add(header, Place.of(item), names, headers, reading));
            } else {
                reading.report(Place.of(item), "expected " + EXPECTED + ", found " + Reading.describe(item));
            }
        }
        return Optional.of(new HeaderList(Optional.empty(), headers));
    }

    private static void add(Header header, Place place, Set<String> names, List<Header> headers, Reading reading) {
        if (names.add(header.name())) {
            headers.add(header);
        } else {
            reading.report(place, "the header " + Mismatch.quoted(header.name()) + " is listed twice");
        }
    }

    private static Optional<Header> word(Node item, Reading reading) {
        return new ScalarType<>(EXPECTED, text -> {
                    if (!HeaderSettings.WORDS.contains(text)) {
                        throw new Mismatch(
                                "expected " + EXPECTED + ", found " + Mismatch.quoted(text),
                                Suggestion.didYouMean(text, HeaderSettings.WORDS));
                    }
                    return new Header(text, Optional.empty());
                })
                .read(item, reading);
    }

    private static Optional<Header> own(NodeTuple tuple, Reading reading) {
        Node key = tuple.getKeyNode();
        if (!(key instanceof ScalarNode name) || !NAME.matcher(name.getValue()).matches()) {
            reading.report(
                    Place.of(key),
                    "expected a header's name of 1 to 100 printable ASCII characters without blanks, found "
                            + Reading.describe(key));
            return Optional.empty();
        }
        if (name.getValue().startsWith(RESERVED)) {
            reading.report(
                    Place.of(key),
                    "headers that begin with '" + RESERVED
                            + "' say what became of a dead letter; expected another name," + " found "
                            + Mismatch.quoted(name.getValue()));
            return Optional.empty();
        }
        return TemplateText.TYPE
                .read(tuple.getValueNode(), reading)
                .map(value -> new Header(name.getValue(), Optional.of(value)));
    }
}
