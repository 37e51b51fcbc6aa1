package io.pickaroon.config.problem;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * One mistake in a settings file.
 *
 * @param line from 1; 0 when the file could not be read at all, {@code column} is 0 then too
 * @param column from 1, in Unicode code points
 * @param message what is wrong and what was expected, one line
 * @param suggestion what the writer may have meant, one line
 * @param source that line, empty when there is none
 */
public record Problem(
        Path file, int line, int column, String message, Optional<String> suggestion, Optional<SourceExcerpt> source) {
    public Problem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(suggestion, "suggestion");
        Objects.requireNonNull(source, "source");
    }

    /** A mistake that belongs to the file as a whole. */
    public static Problem ofFile(Path file, String message) {
        return new Problem(file, 0, 0, message, Optional.empty(), Optional.empty());
    }

    /** The mistake as a compiler prints it: a line of text and, when there is a source line, that line and a caret. */
    public String render() {
        String first = line("error: ");
        return source.filter(excerpt -> !excerpt.line().isBlank())
                .map(excerpt -> first + "\n" + excerpt.render())
                .orElse(first);
    }

    /** The same in one line that says nothing of an error, for something that is no mistake by itself. */
    public String renderInOneLine() {
        return line("");
    }

    private String line(String severity) {
        String position = line == 0 ? "" : ":" + line + ":" + column;
        return file + position + ": " + severity + message
                + suggestion.map(text -> "; " + text).orElse("");
    }
}
