package io.pickaroon.records.emit;

import io.pickaroon.records.TemplateName;
import java.util.Optional;

/**
 * Why a record cannot be sent as it is configured. Immutable.
 *
 * @param part what could not be made: {@code topic}, {@code key}, or {@code header} and its name
 * @param name the name that the record has no value for
 */
public record RenderProblem(Kind kind, String part, Optional<TemplateName> name) {
    /** What is wrong; records are counted by it. */
    public enum Kind {
        MISSING_VALUE,
        /** Longer than {@link RecordForm#MAX_TOPIC_BYTES}. */
        TOPIC_TOO_LONG,
        /** Longer than {@link RecordForm#MAX_KEY_BYTES}. */
        KEY_TOO_LONG
    }

    /** In words, for people; without any text of the record. */
    @Override
    public String toString() {
        return switch (kind) {
            case MISSING_VALUE -> "its %s has no value for {%s}".formatted(part, name.orElseThrow());
            case TOPIC_TOO_LONG ->
                "its topic has more than the %d characters that Kafka allows".formatted(RecordForm.MAX_TOPIC_BYTES);
            case KEY_TOO_LONG -> "its key has more than %d bytes".formatted(RecordForm.MAX_KEY_BYTES);
        };
    }
}
