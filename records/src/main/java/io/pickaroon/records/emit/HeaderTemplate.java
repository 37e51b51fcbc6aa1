package io.pickaroon.records.emit;

import io.pickaroon.records.Template;
import java.util.Optional;

/**
 * A header of emitted records. Immutable.
 *
 * @param value empty for the header that is there only for heads of longer records, with the value {@code true}
 */
public record HeaderTemplate(String name, Optional<Template> value) {
    public HeaderTemplate(String name, Template value) {
        this(name, Optional.of(value));
    }

    /** The header that says that the record is only the head of a longer one. */
    public static HeaderTemplate truncated(String name) {
        return new HeaderTemplate(name, Optional.empty());
    }
}
