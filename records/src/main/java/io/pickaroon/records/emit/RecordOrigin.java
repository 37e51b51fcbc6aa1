package io.pickaroon.records.emit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the records of one file come from. Immutable. A {@link RecordRenderer} encodes it once and knows it by identity, so
 * there is one for each file, not for each record.
 *
 * @param host as the input's configuration says it
 * @param instance name under which the run delivers
 * @param input id of the input
 * @param file path when it was read, as text
 * @param path values of the names in the input's path pattern
 * @param fields static fields of the input, in order; a parsed field of the same name wins
 */
public record RecordOrigin(
        String host, String instance, String input, String file, Map<String, String> path, Map<String, String> fields) {
    public RecordOrigin {
        path = Map.copyOf(path);
        fields = new LinkedHashMap<>(fields);
    }

    /** One with neither path values nor fields. */
    public RecordOrigin(String host, String instance, String input, String file) {
        this(host, instance, input, file, Map.of(), Map.of());
    }

    @Override
    public Map<String, String> fields() {
        return Collections.unmodifiableMap(fields);
    }

    /** The last part of the file's path. */
    public String fileName() {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
