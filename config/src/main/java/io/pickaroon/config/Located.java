package io.pickaroon.config;

import java.util.List;

/** A value and where in the settings file it stands. */
record Located<T>(T value, Place place) {
    static <T> List<T> values(List<Located<T>> items) {
        return items.stream().map(Located::value).toList();
    }
}
