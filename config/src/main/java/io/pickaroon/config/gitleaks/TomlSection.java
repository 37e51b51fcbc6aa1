package io.pickaroon.config.gitleaks;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Place;
import io.pickaroon.config.problem.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/**
 * A table of a TOML file. Keys are the same in either case, as gitleaks has it. A value of another type than is asked for is reported, and
 * counts as none.
 *
 * @param name how messages call it
 */
record TomlSection(TomlFile file, TomlTable table, Place place, String name) {
    Place placeOf(String key) {
        return find(key)
                .map(written -> TomlFile.place(table.inputPositionOf(List.of(written))))
                .orElse(place);
    }

    boolean has(String key) {
        return find(key).isPresent();
    }

    Optional<String> text(String key) {
        return value(key, String.class, "a text");
    }

    boolean isTrue(String key) {
        return value(key, Boolean.class, "true or false").orElse(false);
    }

    /** A whole number, not negative; 0 if there is none. */
    int count(String key) {
        long value = value(key, Long.class, "a whole number").orElse(0L);
        if (value < 0 || value > Integer.MAX_VALUE) {
            file.report(placeOf(key), "expected a whole number from 0 on for '" + key + "', found " + value);
            return 0;
        }
        return (int) value;
    }

    /** A number, not negative; 0 if there is none. */
    double number(String key) {
        double value = get(key) instanceof Long whole
                ? whole
                : value(key, Double.class, "a number").orElse(0.0);
        if (!(value >= 0)) {
            file.report(placeOf(key), "expected a number from 0 on for '" + key + "', found " + value);
            return 0;
        }
        return value;
    }

    /** Texts, none of them empty; none if there are none. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        TomlArray array = value(key, TomlArray.class, "a list of texts").orElse(null);
        for (int i = 0; array != null && i < array.size(); i++) {
            if (array.get(i) instanceof String text && !text.isEmpty()) {
                texts.add(text);
            } else {
                file.report(
                        placeOf(array, i),
                        "expected a text in '" + key + "', found "
                                + (array.get(i) instanceof String ? "an empty one" : "something else"));
            }
        }
        return texts;
    }

    /** The place of an item of a list. */
    Place placeOf(String key, int item) {
        return get(key) instanceof TomlArray array ? placeOf(array, item) : place;
    }

    private static Place placeOf(TomlArray array, int item) {
        return TomlFile.place(array.inputPositionOf(item));
    }

    /** Tables; none if there are none. */
    List<TomlSection> sections(String key) {
        List<TomlSection> sections = new ArrayList<>();
        TomlArray array = value(key, TomlArray.class, "tables, [[" + key + "]]").orElse(null);
        for (int i = 0; array != null && i < array.size(); i++) {
            if (array.get(i) instanceof TomlTable inner) {
                sections.add(new TomlSection(file, inner, placeOf(array, i), "an item of '" + key + "'"));
            } else {
                file.report(placeOf(array, i), "expected a table in '" + key + "'");
            }
        }
        return sections;
    }

    Optional<TomlSection> section(String key) {
        return value(key, TomlTable.class, "a table, [" + key + "]")
                .map(inner -> new TomlSection(file, inner, placeOf(key), "'" + key + "'"));
    }

    /** Warns of keys that are not known; those of {@code others} have no meaning here. */
    void warnOfOthers(Set<String> known, Set<String> others) {
        for (String key : new TreeSet<>(table.keySet())) {
            String plain = key.toLowerCase(Locale.ROOT);
            boolean isKnown = known.stream().anyMatch(plain::equalsIgnoreCase)
                    || others.stream().anyMatch(plain::equalsIgnoreCase);
            if (!isKnown) {
                file.warn(
                        TomlFile.place(table.inputPositionOf(List.of(key))),
                        "unknown key " + Mismatch.quoted(key) + " in " + name + ", which is passed over",
                        Suggestion.didYouMean(key, known));
            }
        }
    }

    private <T> Optional<T> value(String key, Class<T> type, String expected) {
        Object value = get(key);
        if (value == null || type.isInstance(value)) {
            return Optional.ofNullable(type.cast(value));
        }
        file.report(placeOf(key), "expected " + expected + " for '" + key + "'");
        return Optional.empty();
    }

    private Object get(String key) {
        return find(key).map(written -> table.get(List.of(written))).orElse(null);
    }

    private Optional<String> find(String key) {
        return table.keySet().stream().filter(key::equalsIgnoreCase).findFirst();
    }
}
