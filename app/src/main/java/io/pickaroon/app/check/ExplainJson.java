package io.pickaroon.app.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pickaroon.app.check.ExplainedRecord.Header;
import io.pickaroon.app.check.ExplainedRecord.Sent;
import io.pickaroon.processor.directio.ByteText;
import io.pickaroon.processor.directio.NativePath;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;

/** Explained rules for programs: one object in one line for each record, or for a rule without any. */
final class ExplainJson {
    private static final int LAST_PRINTABLE = '~';

    private ExplainJson() {}

    static void print(Map<String, ExplainedRules.OfRule> rules, PrintStream out) throws IOException {
        for (Map.Entry<String, ExplainedRules.OfRule> rule : rules.entrySet()) {
            if (rule.getValue().records().isEmpty()) {
                out.println(line(json -> {
                    json.writeStringField("rule", rule.getKey());
                    json.writeNumberField("matchedRecords", rule.getValue().matched());
                    json.writeNumberField("sampledOutMatches", rule.getValue().sampledOut());
                }));
            }
            for (ExplainedRecord record : rule.getValue().records()) {
                out.println(line(json -> write(json, rule.getKey(), record)));
            }
        }
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** In ASCII: no byte of it commands a terminal. */
    private static String line(Fields fields) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).setHighestNonEscapedChar(LAST_PRINTABLE)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, String rule, ExplainedRecord record) throws IOException {
        json.writeStringField("rule", rule);
        json.writeStringField("input", record.place().input());
        json.writeStringField("file", NativePath.escaped(record.place().file()));
        json.writeNumberField("offset", record.place().offset());
        if (record.sent().isPresent()) {
            write(json, record.sent().get());
        }
        texts(json, "changes", record.changes());
        texts(json, "notes", record.notes());
    }

    private static void write(JsonGenerator json, Sent sent) throws IOException {
        if (sent.refused().isPresent()) {
            json.writeStringField("refused", sent.refused().get());
        }
        if (!sent.target().topic().isEmpty()) {
            json.writeStringField("topic", sent.target().topic());
        }
        if (sent.key().length > 0) {
            bytes(json, "key", sent.key());
        }
        json.writeStringField("timestamp", ExplainText.utc(sent.time().millis()));
        json.writeStringField("timestampFrom", sent.time().source().name().toLowerCase(Locale.ROOT));
        json.writeArrayFieldStart("headers");
        for (Header header : sent.headers()) {
            json.writeStartObject();
            json.writeStringField("name", header.name());
            bytes(json, "value", header.value());
            json.writeEndObject();
        }
        json.writeEndArray();
        bytes(
                json,
                sent.value().format().isPresent() ? "value" : "line",
                sent.value().bytes());
    }

    /** As text, or as base64 under a name of its own where they are not UTF-8. */
    private static void bytes(JsonGenerator json, String name, byte[] bytes) throws IOException {
        String text = ByteText.decode(bytes);
        if (ByteText.isUtf8(text)) {
            json.writeStringField(name, text);
        } else {
            json.writeFieldName(name + "Base64");
            json.writeBinary(bytes);
        }
    }

    private static void texts(JsonGenerator json, String name, Iterable<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
