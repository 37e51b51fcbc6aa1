package io.pickaroon.config.yaml;

import io.pickaroon.config.problem.Place;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Makes a tree of YAML nodes, each with its position, from the text of a settings file.
 *
 * <p>The text is first walked as flat events, so that nesting and aliases that would exhaust the stack or the clock are
 * refused before a tree is built.
 */
public final class YamlTree {
    private static final int MAX_DEPTH = 40;
    private static final int MAX_ALIASES = 100;

    private final SourceText source;
    private final Problems problems;
    private int depth;
    private int aliases;
    private int documents;

    private YamlTree(SourceText source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /** The only document of the file; empty, and reported, when there is none or it cannot be read. */
    public static Optional<Node> of(SourceText source, Problems problems) {
        return new YamlTree(source, problems).compose();
    }

    private Optional<Node> compose() {
        LoadSettings settings =
                LoadSettings.builder().setAllowNonScalarKeys(true).build();
        try {
            for (Event event : new Parse(settings).parseString(source.text())) {
                if (!accept(event)) {
                    return Optional.empty();
                }
            }
            Optional<Node> root = new Compose(settings).composeString(source.text());
            if (root.isEmpty()) {
                problems.add(
                        Place.START, "the file holds no settings; expected at least 'inputs', 'rules' and 'output'");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            SyntaxMistake mistake = SyntaxMistake.of(e, source);
            problems.add(mistake.place(), mistake.message(), mistake.suggestion());
        } catch (YamlEngineException e) {
            problems.add(Place.START, "not readable as YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private boolean accept(Event event) {
        Place place = event.getStartMark().map(Place::of).orElse(Place.START);
        // The JVM makes a class for each switch over types, at each start.
        if (event instanceof ScalarEvent scalar) {
            refuseTag(scalar.getTag(), place);
        } else if (event instanceof CollectionStartEvent start) {
            depth++;
            if (depth > MAX_DEPTH) {
                problems.add(place, "nested deeper than " + MAX_DEPTH + " levels");
                return false;
            }
            refuseTag(start.getTag(), place);
        } else if (event instanceof CollectionEndEvent) {
            depth--;
        } else if (event instanceof AliasEvent) {
            aliases++;
            if (aliases > MAX_ALIASES) {
                problems.add(place, "more than " + MAX_ALIASES + " aliases (*name)");
                return false;
            }
        } else if (event instanceof DocumentStartEvent) {
            documents++;
            if (documents > 1) {
                problems.add(place, "a second YAML document begins here; expected one document in a file");
                return false;
            }
        }
        return true;
    }

    private void refuseTag(Optional<String> tag, Place place) {
        tag.ifPresent(_ -> problems.add(
                place, "what begins with '!' is a tag in YAML, which has no use here; remove it or quote the text"));
    }
}
