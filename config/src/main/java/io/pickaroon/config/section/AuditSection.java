package io.pickaroon.config.section;

import io.pickaroon.config.settings.AuditSettings;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.Numbers;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.Texts;
import java.nio.file.Path;
import java.util.List;

/** Reads {@code audit}. */
final class AuditSection {
    private static final Key<Path> FILE = Key.required("file", Texts.PATH);
    private static final Key<String> KEY = Key.optional("key", Texts.SECRET_KEY);
    private static final Key<Long> ROTATE_AT = Key.optional("rotateAt", Numbers.longSize(1L << 20, 1L << 40), 1L << 30);

    static final Section SECTION = new Section("'audit'", List.of(FILE, KEY, ROTATE_AT), Section.Check.NONE);

    private AuditSection() {}

    static AuditSettings build(Fields fields) {
        return new AuditSettings(fields.get(FILE), fields.value(KEY), fields.get(ROTATE_AT));
    }
}
