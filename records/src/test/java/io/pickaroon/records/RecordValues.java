package io.pickaroon.records;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Values by the name as a template writes it. */
record RecordValues(Map<String, String> values) implements TemplateValues {
    @Override
    public void append(TemplateName name, ByteBuilder to) {
        to.append(values.getOrDefault(name.toString(), "").getBytes(StandardCharsets.UTF_8));
    }
}
