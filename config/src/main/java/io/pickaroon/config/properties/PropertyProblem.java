package io.pickaroon.config.properties;

import io.pickaroon.config.yaml.SourceText;
import java.util.Objects;
import java.util.Optional;

/**
 * One mistake in the properties of a connector.
 *
 * @param property the property that is wrong, or that is missing
 * @param message what is wrong and what was expected, one line
 * @param suggestion what the writer may have meant, one line
 */
public record PropertyProblem(String property, String message, Optional<String> suggestion) {
    public PropertyProblem {
        Objects.requireNonNull(property, "property");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(suggestion, "suggestion");
    }

    /** The mistake in one line that names the property. */
    public String render() {
        return SourceText.withoutControls(property) + ": " + message
                + suggestion.map(text -> "; " + text).orElse("");
    }
}
