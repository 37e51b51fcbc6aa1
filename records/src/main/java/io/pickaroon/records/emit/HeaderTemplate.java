package io.pickaroon.records.emit;

import io.pickaroon.records.Template;
import java.util.Optional;

/**
 * A header of emitted records. Immutable.
 *
 * @param value empty for a header that has a mark
 * @param mark empty for a header that has a value
 */
public record HeaderTemplate(String name, Optional<Template> value, Optional<Mark> mark) {
    /** What a header says that is no template. */
    public enum Mark {
        /** {@code true} for heads of longer records; others do not have the header. */
        TRUNCATED,
        /** How many neighbours stand before and after the record in the value: {@code BEFORE,AFTER}, in decimal. */
        CONTEXT
    }

    /** @throws IllegalArgumentException if it has neither value nor mark, or both */
    public HeaderTemplate {
        if (value.isPresent() == mark.isPresent()) {
            throw new IllegalArgumentException(name);
        }
    }

    public HeaderTemplate(String name, Template value) {
        this(name, Optional.of(value), Optional.empty());
    }

    /** The header that says that the record is only the head of a longer one. */
    public static HeaderTemplate truncated(String name) {
        return new HeaderTemplate(name, Optional.empty(), Optional.of(Mark.TRUNCATED));
    }

    /** The header that says how many neighbours came along. */
    public static HeaderTemplate context(String name) {
        return new HeaderTemplate(name, Optional.empty(), Optional.of(Mark.CONTEXT));
    }
}
