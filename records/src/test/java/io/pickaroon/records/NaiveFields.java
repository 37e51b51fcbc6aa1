package io.pickaroon.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The fields of a JSON object as a program would find them that makes objects of everything. */
final class NaiveFields {
    private NaiveFields() {}

    /** Values by name; numbers as they are spelled. */
    static Map<String, String> of(String json) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json.getBytes(StandardCharsets.UTF_8))) {
            parser.nextToken();
            Map<String, NavigableMap<String, Object>> ways = new LinkedHashMap<>();
            flatten(value(parser), List.of(), ways);
            Map<String, String> fields = new LinkedHashMap<>();
            ways.forEach((name, values) -> {
                if (values.firstEntry().getValue() instanceof String text) {
                    fields.put(name, text);
                }
            });
            return fields;
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                object.put(key, value(parser));
            }
            return object;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> array = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(parser));
            }
            return array;
        }
        return parser.currentToken() == JsonToken.VALUE_NULL ? Map.of() : parser.getText();
    }

    /** Notes each value under its name, by the lengths of the keys that lead to it, the longest first keys first. */
    private static void flatten(Object value, List<String> path, Map<String, NavigableMap<String, Object>> ways) {
        if (!path.isEmpty()) {
            StringBuilder lengths = new StringBuilder();
            path.forEach(key -> lengths.append((char) key.length()));
            ways.computeIfAbsent(String.join(".", path), _ -> new TreeMap<>(Collections.reverseOrder()))
                    .put(lengths.toString(), value);
        }
        if (value instanceof Map<?, ?> object) {
            object.forEach((key, member) -> flatten(member, longer(path, key.toString()), ways));
        } else if (value instanceof List<?> array) {
            for (int i = 0; i < array.size(); i++) {
                flatten(array.get(i), longer(path, Integer.toString(i)), ways);
            }
        }
    }

    private static List<String> longer(List<String> path, String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }
}
