package io.pickaroon.config.settings;

import io.pickaroon.records.Template;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What an emitted record says of itself beside its value. */
public sealed interface HeaderSettings {
    /** The words that are headers without a template. */
    List<String> WORDS = List.of("file", "offset", "rule", "id", "host", "time", "truncated");

    /** The file does not say. */
    record Default() implements HeaderSettings {}

    /** Path, offset, rule and id. */
    record All() implements HeaderSettings {}

    /** Nothing. */
    record None() implements HeaderSettings {}

    /**
     * Exactly these.
     *
     * @param headers in the order of the file, names unique
     */
    record Listed(List<Header> headers) implements HeaderSettings {
        public Listed {
            headers = List.copyOf(headers);
        }
    }

    /**
     * One header.
     *
     * @param name one of {@link #WORDS} if there is no value
     * @param value what a header with a name of its own holds
     */
    record Header(String name, Optional<Template> value) {
        public Header {
            Objects.requireNonNull(name, "name");
            if (value.isEmpty() && !WORDS.contains(name)) {
                throw new IllegalArgumentException(name);
            }
        }
    }
}
