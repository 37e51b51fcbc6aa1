package io.pickaroon.config.settings;

import io.pickaroon.config.glob.PathPattern;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of the records of an input beside their bytes.
 *
 * @param host where they come from; empty: the name of this machine
 * @param fields static ones, by name, in the order of the file
 * @param path names parts of the paths of its files; empty: none is named
 * @param parse how fields are read from a record
 * @param time how a record tells its time; empty: that is not known
 */
public record OriginSettings(
        Optional<String> host,
        Map<String, String> fields,
        Optional<PathPattern> path,
        ParseSettings parse,
        Optional<TimeSettings> time) {
    /** Nothing that the file says. */
    public static final OriginSettings NONE = new OriginSettings(
            Optional.empty(), Map.of(), Optional.empty(), new ParseSettings.None(), Optional.empty());

    public OriginSettings {
        Objects.requireNonNull(host, "host");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(parse, "parse");
        Objects.requireNonNull(time, "time");
    }
}
