package io.pickaroon.connect.settings;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.properties.PropertyProblem;
import io.pickaroon.config.value.ScalarType;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * A setting that the connector has beside inputs and rules. Immutable.
 *
 * @param name of its property
 * @param type reads its text
 * @param standard the text that stands for it where none is given; empty: it has none
 */
record OwnSetting<T>(String name, ScalarType<T> type, Optional<String> standard) {
    static <T> OwnSetting<T> required(String name, ScalarType<T> type) {
        return new OwnSetting<>(name, type, Optional.empty());
    }

    static <T> OwnSetting<T> optional(String name, ScalarType<T> type, String standard) {
        return new OwnSetting<>(name, type, Optional.of(standard));
    }

    /** The value, or that of the standard; empty if there is neither, or a problem was reported. */
    Optional<T> read(Map<String, String> properties, Consumer<PropertyProblem> problems) {
        Optional<String> text = Optional.ofNullable(properties.get(name)).or(() -> standard);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(type.parser().parse(text.get().strip()));
        } catch (Mismatch mismatch) {
            problems.accept(new PropertyProblem(name, mismatch.getMessage(), mismatch.suggestion()));
            return Optional.empty();
        }
    }

    /** For whoever validates with the {@link ConfigDef} alone; takes what is not given. */
    ConfigDef.Validator validator() {
        return (_, value) -> {
            if (value != null) {
                read(Map.of(name, value.toString()), problem -> {
                    throw new ConfigException(problem.render());
                });
            }
        };
    }
}
