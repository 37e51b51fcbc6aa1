package io.pickaroon.config.value;

import java.util.Optional;

/**
 * A key of a section: one line of the table that the reader, its messages and its tests are made from.
 *
 * @param required whether a section without it is a mistake
 * @param fallback what holds when an optional key is absent; empty when the absence itself has a meaning
 */
public record Key<T>(String name, ValueType<T> type, boolean required, Optional<T> fallback) {
    /** A key is only the same as itself: looking for one among others compares no types and fallbacks. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    public static <T> Key<T> required(String name, ValueType<T> type) {
        return new Key<>(name, type, true, Optional.empty());
    }

    public static <T> Key<T> optional(String name, ValueType<T> type) {
        return new Key<>(name, type, false, Optional.empty());
    }

    public static <T> Key<T> optional(String name, ValueType<T> type, T fallback) {
        return new Key<>(name, type, false, Optional.of(fallback));
    }
}
