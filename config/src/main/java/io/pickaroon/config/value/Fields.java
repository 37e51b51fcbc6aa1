package io.pickaroon.config.value;

import io.pickaroon.config.problem.Place;
import io.pickaroon.config.yaml.Located;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The values that were found in one section of the file. While the file is being checked some may be missing; once the
 * whole file is free of problems every required one is there.
 */
public final class Fields {
    private final Section section;
    private final Map<String, Place> mentioned = new HashMap<>();
    private final Map<String, Located<?>> values = new HashMap<>();

    Fields(Section section) {
        this.section = section;
    }

    /** Notes that the file has this key, whatever its value. */
    void mention(String key, Place place) {
        mentioned.putIfAbsent(key, place);
    }

    <T> void put(Key<T> key, Located<T> value) {
        values.put(key.name(), value);
    }

    public boolean mentions(Key<?> key) {
        return mentioned.containsKey(own(key));
    }

    /** Where a key that is mentioned stands. */
    public Place placeOf(Key<?> key) {
        return mentioned.get(own(key));
    }

    /** Where the keys that are mentioned stand, by their names. */
    public Map<String, Place> places() {
        return Map.copyOf(mentioned);
    }

    /** The value that the file gives; empty when it is absent or wrong. */
    @SuppressWarnings("unchecked") // put() is the only writer, and a name belongs to one key of the section
    public <T> Optional<Located<T>> find(Key<T> key) {
        return Optional.ofNullable((Located<T>) values.get(own(key)));
    }

    /** The value that the file gives, or the key's fallback. */
    public <T> Optional<T> value(Key<T> key) {
        return find(key).map(Located::value).or(key::fallback);
    }

    /** The value of a key that is required or has a fallback, in a file without problems. */
    public <T> T get(Key<T> key) {
        return value(key).orElseThrow(() -> new IllegalStateException(key.name() + " was not checked"));
    }

    /** Whether the value, if the file gives one, stands there as it is: no variable and no other file brings a part of it. */
    public boolean isWrittenOut(Key<?> key) {
        Located<?> value = values.get(own(key));
        return value == null || value.written().isEmpty();
    }

    private String own(Key<?> key) {
        if (!section.keys().contains(key)) {
            throw new IllegalArgumentException(key.name() + " is no key of " + section.name());
        }
        return key.name();
    }
}
