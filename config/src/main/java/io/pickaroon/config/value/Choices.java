package io.pickaroon.config.value;

import io.pickaroon.config.problem.Mismatch;
import io.pickaroon.config.problem.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Values of which one is picked by its name. */
public record Choices<T>(Map<String, T> byName) implements ValueType<T> {
    public static final Choices<Boolean> BOOLEAN = booleans();

    /** An enum's constants under the names that users write: {@code EXACTLY_ONCE} is {@code exactly-once}. */
    public static <E extends Enum<E>> Choices<E> of(E[] constants) {
        Map<String, E> byName = new LinkedHashMap<>();
        for (E constant : constants) {
            byName.put(word(constant), constant);
        }
        return new Choices<>(byName);
    }

    /** The name under which users write a constant. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Choices<Boolean> booleans() {
        Map<String, Boolean> byName = new LinkedHashMap<>();
        byName.put("true", true);
        byName.put("false", false);
        return new Choices<>(byName);
    }

    @Override
    public Optional<T> read(Node node, Reading reading) {
        return new ScalarType<>(expected(), this::parse).read(node, reading);
    }

    private T parse(String text) throws Mismatch {
        T value = byName.get(text);
        if (value == null) {
            throw new Mismatch(
                    "expected " + expected() + ", found " + Mismatch.quoted(text),
                    Suggestion.didYouMean(text, byName.keySet()));
        }
        return value;
    }

    private String expected() {
        return "one of " + Section.list(List.copyOf(byName.keySet()));
    }
}
