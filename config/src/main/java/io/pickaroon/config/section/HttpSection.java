package io.pickaroon.config.section;

import io.pickaroon.config.settings.HttpSettings;
import io.pickaroon.config.value.Fields;
import io.pickaroon.config.value.Key;
import io.pickaroon.config.value.Numbers;
import io.pickaroon.config.value.Section;
import io.pickaroon.config.value.Texts;
import java.util.List;

/** Reads {@code http}. */
final class HttpSection {
    private static final Key<Integer> PORT = Key.required("port", Numbers.integer(0, 65_535));
    private static final Key<String> HOST = Key.optional("host", Texts.HOST, "127.0.0.1");

    static final Section SECTION = new Section("'http'", List.of(PORT, HOST), Section.Check.NONE);

    private HttpSection() {}

    static HttpSettings build(Fields fields) {
        return new HttpSettings(fields.get(HOST), fields.get(PORT));
    }
}
