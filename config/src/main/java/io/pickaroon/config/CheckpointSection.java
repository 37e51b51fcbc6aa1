package io.pickaroon.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads {@code checkpoint}. */
final class CheckpointSection {
    private static final Key<Path> PATH = Key.required("path", Texts.PATH);
    private static final Key<Duration> INTERVAL = Key.optional(
            "interval", Numbers.duration(Duration.ofMillis(1), Duration.ofHours(1)), Duration.ofMillis(200));

    static final Section SECTION = new Section("'checkpoint'", List.of(PATH, INTERVAL), Section.Check.NONE);

    private CheckpointSection() {}

    static CheckpointSettings build(Fields fields) {
        return new CheckpointSettings(fields.get(PATH), fields.get(INTERVAL));
    }
}
