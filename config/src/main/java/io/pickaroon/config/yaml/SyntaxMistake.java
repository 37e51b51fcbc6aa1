package io.pickaroon.config.yaml;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** A text that is not YAML, in words that help somebody who does not know YAML's grammar. */
record SyntaxMistake(Place place, String message, Optional<String> suggestion) {
    private static final String QUOTE = "put the text in quotes";

    static SyntaxMistake of(MarkedYamlEngineException error, SourceText source) {
        Optional<Mark> mark = error.getProblemMark().or(error::getContextMark);
        Place place = mark.map(Place::of).orElse(Place.START);
        String line = place.line() <= source.lines().size() ? source.lines().get(place.line() - 1) : "";
        int[] codePoints = line.codePoints().toArray();
        int at = place.column() - 1;
        int here = at < codePoints.length ? codePoints[at] : -1;
        int before = at > 0 && at <= codePoints.length ? codePoints[at - 1] : -1;
        String problem = String.valueOf(error.getProblem());

        if (here == '{' && before == '$') {
            return mistake(place, "${...} inside { } or [ ] is read as YAML", "put it in quotes: \"${...}\"");
        }
        if (here == '\t') {
            return mistake(place, "a tab cannot stand here; YAML is indented with spaces", "replace it by spaces");
        }
        if (problem.contains("undefined alias")) {
            return mistake(place, "a text that begins with * is an alias in YAML, and this one names nothing", QUOTE);
        }
        if (String.valueOf(error.getContext()).contains("scanning an alias")
                || String.valueOf(error.getContext()).contains("scanning an anchor")) {
            return mistake(place, "a text that begins with * or & has a meaning of its own in YAML", QUOTE);
        }
        if (problem.contains("cannot start any token")) {
            return mistake(place, "a text cannot begin with " + Mismatch.quoted(Character.toString(here)), QUOTE);
        }
        if (String.valueOf(error.getContext()).contains("quoted scalar") && problem.contains("end of stream")) {
            return mistake(
                    error.getContextMark().map(Place::of).orElse(place),
                    "the quote that begins here has no end",
                    "end it, and double a quote within quotes");
        }
        if (problem.contains("expected <block end>")) {
            return mistake(
                    place,
                    "this does not fit the indentation of the lines before it",
                    "give the keys of one section the same indentation");
        }
        if (problem.contains("mapping values are not allowed here")) {
            return mistake(
                    place,
                    "a second ': ' in one line, or a line that is indented wrongly",
                    "put a text that contains ': ' in quotes");
        }
        return new SyntaxMistake(place, "this is not YAML: " + words(error, problem), Optional.empty());
    }

    private static SyntaxMistake mistake(Place place, String message, String suggestion) {
        return new SyntaxMistake(place, message, Optional.of(suggestion));
    }

    private static String words(MarkedYamlEngineException error, String problem) {
        return error.getContext() == null ? problem : error.getContext() + ", " + problem;
    }
}
