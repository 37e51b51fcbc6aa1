package io.pickaroon.processor.scan;

import java.util.Objects;

/**
 * What to look for in every record, under a name that travels with each match.
 *
 * @param id unique among the rules of one run; header {@code pickaroon.rule} of what is emitted
 * @param pattern what a record must contain
 */
public record Rule(String id, Pattern pattern) {
    public Rule {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(pattern, "pattern");
    }
}
