package io.pickaroon.config.section;

import io.pickaroon.config.settings.CheckpointSettings;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.Numbers;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads {@code checkpoint}. */
final class CheckpointSection {
    private static final Key<Path> PATH = Key.required("path", Texts.PATH);
    private static final Key<Duration> INTERVAL = Key.optional(
            "interval", Numbers.duration(Duration.ofMillis(1), Duration.ofHours(1)), Duration.ofMillis(200));

    private static final Key<Duration> FORGET_AFTER = Key.optional(
            "forgetAfter", Numbers.duration(Duration.ofMinutes(1), Duration.ofDays(3650)), Duration.ofDays(7));

    static final Section SECTION =
            new Section("'checkpoint'", List.of(PATH, INTERVAL, FORGET_AFTER), Section.Check.NONE);

    private CheckpointSection() {}

    static CheckpointSettings build(Fields fields) {
        return new CheckpointSettings(fields.get(PATH), fields.get(INTERVAL), fields.get(FORGET_AFTER));
    }
}
