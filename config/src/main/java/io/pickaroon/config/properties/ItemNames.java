package io.pickaroon.config.properties;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.Texts;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Reads the names of items that have properties of their own. */
record ItemNames(OpenProperties open, PropertyNodes nodes) {
    /** The names of a list; those that are wrong are reported and left out. */
    Set<String> read(Section section, String noun, String property, Optional<String> text) {
        Set<String> names = new LinkedHashSet<>();
        if (text.isEmpty()) {
            open.below(property)
                    .forEach(name -> names.add(OpenProperties.first(name.substring(property.length() + 1))));
            nodes.report(
                    property,
                    "expected the names of its " + noun + "s, separated by commas, found nothing",
                    Optional.of("did you mean '" + String.join(",", names) + "'?"));
        }
        for (String name : ListText.split(text.orElse(""))) {
            try {
                Texts.ID.parser().parse(name);
                if (!names.add(name)) {
                    nodes.report(property, "the name " + Mismatch.quoted(name) + " is there twice", Optional.empty());
                }
            } catch (Mismatch mismatch) {
                nodes.report(property, mismatch.getMessage(), mismatch.suggestion());
            }
        }
        for (String name : names) {
            names.stream()
                    .filter(other -> other.startsWith(name + ".")
                            && UnknownProperties.names(section)
                                    .contains(OpenProperties.first(other.substring(name.length() + 1))))
                    .forEach(other -> nodes.report(
                            property,
                            "the name " + Mismatch.quoted(other) + " cannot stand beside " + Mismatch.quoted(name)
                                    + ", which has properties that begin so",
                            Optional.of("choose another name")));
        }
        return names;
    }
}
