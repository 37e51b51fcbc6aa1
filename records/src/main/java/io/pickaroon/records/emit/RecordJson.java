package io.pickaroon.records.emit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pickaroon.records.ByteBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Values as JSON objects. For one thread. */
final class RecordJson implements ValueWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final String ruleId;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteBuilder time = new ByteBuilder(64);
    private final JsonGenerator json;
    private RecordOrigin origin;

    RecordJson(String ruleId) {
        this.ruleId = ruleId;
        try {
            json = FACTORY.createGenerator(out);
            json.setRootValueSeparator(null);
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
    }

    @Override
    public void begin(RecordOrigin next) {
        origin = next;
    }

    @Override
    public byte[] value(ShownRecord record, NameValues values, long timeMillis) {
        out.reset();
        try {
            json.writeStartObject();
            json.writeStringField("file", origin.file());
            json.writeNumberField("offset", record.offset());
            json.writeStringField("rule", ruleId);
            json.writeStringField("id", new String(values.id(), StandardCharsets.US_ASCII));
            json.writeStringField(
                    "record", new String(record.bytes(), record.start(), record.length(), StandardCharsets.UTF_8));
            if (record.isHeadOnly()) {
                json.writeBooleanField("truncated", true);
            }
            time.clear();
            time.appendUtc(timeMillis);
            json.writeStringField("time", time.toString());
            json.writeStringField("host", origin.host());
            json.writeStringField("input", origin.input());
            json.writeEndObject();
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory failed", e);
        }
        return out.toByteArray();
    }
}
