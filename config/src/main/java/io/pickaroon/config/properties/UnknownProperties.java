package io.pickaroon.config.properties;

import io.pickaroon.config.problem.Suggestion;
import io.pickaroon.config.section.ConnectorSection;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.Section;
import java.util.List;
import java.util.Optional;

/** Tells of properties that no key takes. */
record UnknownProperties(OpenProperties open, PropertyNodes nodes) {
    static final String MESSAGE = "unknown property";

    /** Reports what has no key. Where one key was probably meant, it is read as that. */
    void report(Section section, String prefix, boolean isItem) {
        List<String> known = names(section).stream()
                .filter(name -> keyOf(section, name)
                        .flatMap(key -> ConnectorSection.refusal(key, Optional.of("")))
                        .isEmpty())
                .toList();
        for (String property : open.beginningWith(prefix)) {
            String rest = property.substring(prefix.length());
            String word = OpenProperties.first(rest);
            if (names(section).contains(word)) {
                continue;
            }
            String value = open.take(property).orElseThrow();
            if (isItem && rest.equals(ConnectorSection.ID)) {
                nodes.report(
                        property, MESSAGE + ": the name of an item in its list is its id", Optional.of("remove it"));
                continue;
            }
            Optional<String> meant =
                    Suggestion.nearest(word, known).map(key -> prefix + key + rest.substring(word.length()));
            nodes.report(
                    property,
                    MESSAGE,
                    meant.or(() -> placeInside(section, word)
                                    .map(path -> prefix + path + rest.substring(word.length())))
                            .map(name -> "did you mean '" + name + "'?")
                            .or(() -> Optional.of("expected one of " + Section.list(known))));
            meant.filter(name -> !open.has(name)).ifPresent(name -> open.put(name, value));
        }
    }

    /** The path of a key beneath the section that has the name. */
    private static Optional<String> placeInside(Section section, String word) {
        return section.keys().stream()
                .filter(key ->
                        key.type() instanceof Section inner && names(inner).contains(word))
                .map(key -> key.name() + "." + word)
                .findFirst();
    }

    private static Optional<Key<?>> keyOf(Section section, String name) {
        return section.keys().stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /** The names of the properties of a section; that of the id is none. */
    static List<String> names(Section section) {
        return section.keys().stream()
                .map(Key::name)
                .filter(name -> !name.equals(ConnectorSection.ID))
                .toList();
    }
}
