package io.pickaroon.config.yaml;

import io.pickaroon.config.problem.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value and where in the settings file it stands.
 *
 * @param written how it is written there, if a variable or a file brings a part of it
 */
public record Located<T>(T value, Place place, Optional<String> written) {
    /** A value that is written as it is, or of which no message tells. */
    public Located(T value, Place place) {
        this(value, place, Optional.empty());
    }

    /** How values are written of which a part is from elsewhere. */
    public static Map<String, String> written(Map<String, Located<String>> texts) {
        Map<String, String> written = new LinkedHashMap<>();
        texts.forEach((name, text) -> text.written().ifPresent(raw -> written.put(name, raw)));
        return written;
    }

    public static <T> List<T> values(List<Located<T>> items) {
        return items.stream().map(Located::value).toList();
    }
}
