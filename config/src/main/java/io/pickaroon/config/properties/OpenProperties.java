package io.pickaroon.config.properties;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The properties that nothing has taken yet, in the order of their names. */
final class OpenProperties {
    private final NavigableMap<String, String> open = new TreeMap<>();

    void put(String name, String value) {
        open.put(name, value);
    }

    /** Whether there is the property, or one below it. */
    boolean has(String name) {
        return open.containsKey(name) || !range(name + ".").isEmpty();
    }

    Optional<String> take(String name) {
        return Optional.ofNullable(open.remove(name));
    }

    /** The names of the properties below one. */
    List<String> below(String name) {
        return beginningWith(name + ".");
    }

    /** Takes the properties below one. */
    Map<String, String> takeBelow(String name) {
        SortedMap<String, String> range = range(name + ".");
        Map<String, String> taken = new LinkedHashMap<>(range);
        range.clear();
        return taken;
    }

    /** The names that begin so. */
    List<String> beginningWith(String prefix) {
        return List.copyOf(range(prefix).keySet());
    }

    private SortedMap<String, String> range(String prefix) {
        return prefix.isEmpty() ? open : open.subMap(prefix, prefix + Character.MAX_VALUE);
    }

    /** The name up to its first dot. */
    static String first(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
